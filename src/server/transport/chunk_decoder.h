// Takes the chunks off a chunked body (RFC 9112 7.1), in whatever pieces its bytes come. Extensions and
// the fields behind the last chunk are checked and dropped: nobody may add headers behind a body.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace vigil::server {

class ChunkDecoder {
 public:
  enum class State {
    More,      ///< the body is not whole
    Done,      ///< nothing behind it was taken
    Bad,       ///< these are no chunks
    TooLarge,  ///< the body has more bytes than the limit
  };

  /// At most `limit` bytes of body.
  explicit ChunkDecoder(std::uint64_t limit) : room_(limit) {}

  /// Appends to `body` what `bytes` bring, and returns how many of them belonged to the body: all, as
  /// long as the state is More.
  std::size_t decode(std::string_view bytes, std::string& body);
  [[nodiscard]] State state() const { return state_; }

 private:
  enum class Line { Size, AfterData, Trailer };
  bool take_line(std::string_view& bytes);
  void read_line(std::string_view line);

  State state_ = State::More;
  Line line_kind_ = Line::Size;
  std::string line_;         ///< what has come of a line
  std::size_t trailer_ = 0;  ///< bytes behind the last chunk
  std::uint64_t left_ = 0;   ///< bytes of data to come
  std::uint64_t room_;
};

}  // namespace vigil::server
