#include "server/transport/chunk_decoder.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "base/text.h"
#include "server/transport/request_head.h"

namespace vigil::server {
namespace {

constexpr std::size_t kLongestLine = std::size_t{4} << 10;
constexpr std::size_t kLongestTrailer = std::size_t{8} << 10;

/// Takes a token off the front; false if there is none.
bool take_token(std::string_view& text) {
  std::size_t length = 0;
  while (length < text.size() && is_token_letter(text[length])) ++length;
  text.remove_prefix(length);
  return length > 0;
}

/// Takes a quoted string off the front, whose first quote is there; false if it has no end.
bool take_quoted(std::string_view& text) {
  for (std::size_t i = 1; i < text.size(); ++i) {
    if (text[i] == '"') {
      text.remove_prefix(i + 1);
      return true;
    }
    if (text[i] == '\\') ++i;
  }
  return false;
}

/// ";name", ";name=value" and ";name=\"value\"", any number of them.
bool are_extensions(std::string_view text) {
  while (text.starts_with(';')) {
    text.remove_prefix(1);
    if (!take_token(text)) return false;
    if (!text.starts_with('=')) continue;
    text.remove_prefix(1);
    if (text.starts_with('"') ? !take_quoted(text) : !take_token(text)) return false;
  }
  return text.empty();
}

/// RFC 9110 6.5.1: what frames or routes a message cannot stand behind it.
bool is_trailer(std::string_view line) {
  constexpr std::array<std::string_view, 4> kNever = {"Content-Length", "Transfer-Encoding", "Host",
                                                      "Connection"};
  return is_field_line(line) && std::ranges::none_of(kNever, [&](std::string_view name) {
           return base::equals_ignoring_case(line.substr(0, line.find(':')), name);
         });
}

/// The number the line begins with; false if it is no chunk's.
bool read_size(std::string_view line, std::uint64_t& into) {
  if (line.starts_with('-')) return false;
  const auto [end, error] = std::from_chars(line.data(), line.data() + line.size(), into, 16);
  return error == std::errc() &&
         are_extensions(line.substr(static_cast<std::size_t>(end - line.data())));
}

}  // namespace

std::size_t ChunkDecoder::decode(std::string_view bytes, std::string& body) {
  const std::size_t all = bytes.size();
  while (state_ == State::More && !bytes.empty()) {
    if (left_ > 0) {
      const auto count = static_cast<std::size_t>(std::min<std::uint64_t>(left_, bytes.size()));
      body.append(bytes.substr(0, count));
      bytes.remove_prefix(count);
      left_ -= count;
      if (left_ == 0) line_kind_ = Line::AfterData;
    } else if (take_line(bytes)) {
      read_line(std::string_view(line_).substr(0, line_.size() - 2));
      line_.clear();
    }
  }
  return all - bytes.size();
}

/// Moves bytes to line_ up to the end of the line; true if it is whole.
bool ChunkDecoder::take_line(std::string_view& bytes) {
  const std::size_t end = bytes.find('\n');
  const std::size_t count = end == std::string_view::npos ? bytes.size() : end + 1;
  line_.append(bytes.substr(0, count));
  bytes.remove_prefix(count);
  const std::string_view rest = std::string_view("\r\n").substr(0, line_.size());
  const bool overrun = line_kind_ == Line::AfterData && !rest.starts_with(line_);
  if (overrun || line_.size() > kLongestLine) state_ = State::Bad;
  if (state_ == State::Bad || end == std::string_view::npos) return false;
  const bool ended = line_.size() >= 2 && line_[line_.size() - 2] == '\r';
  const std::string_view text(line_.data(), line_.size() - (ended ? 2 : 1));
  if (!ended || !is_field_text(text)) state_ = State::Bad;
  return state_ == State::More;
}

void ChunkDecoder::read_line(std::string_view line) {
  if (line_kind_ == Line::AfterData) {
    line_kind_ = Line::Size;
    return;
  }
  if (line_kind_ == Line::Trailer) {
    trailer_ += line.size() + 2;
    if (line.empty()) {
      state_ = State::Done;
    } else if (trailer_ > kLongestTrailer || !is_trailer(line)) {
      state_ = State::Bad;
    }
    return;
  }
  std::uint64_t size = 0;
  if (!read_size(line, size)) {
    state_ = State::Bad;
  } else if (size == 0) {
    line_kind_ = Line::Trailer;
  } else if (size > room_) {
    state_ = State::TooLarge;
  } else {
    left_ = size;
    room_ -= size;
  }
}

}  // namespace vigil::server
