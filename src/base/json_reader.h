// Reads a JSON document that has a definite shape, where anything else is an error that names the
// member: "packages[3].locations[0].line: not a whole number". For our own documents; foreign ones
// are read tolerantly, with Json alone.
//
//   JsonReader reader;
//   reader.object(root, [&](std::string_view key, Json value) {
//     if (key == "name") reader.text(value, name);
//     if (key == "ports") reader.array(value, 100, ports, [&](Json item, Port& port) { ... });
//   });
//   VIGIL_CHECK(reader.result());
//
// The first error counts; after it nothing is read any more. Members that nobody asks for are
// passed over, so that a document may say more than its reader knows. Of equal members the last
// counts.
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

#include "base/json_tree.h"
#include "base/result.h"

namespace vigil::base {

class JsonReader {
 public:
  /// Longer texts are an error.
  explicit JsonReader(std::size_t longest_text = std::size_t{1} << 20)
      : longest_text_(longest_text) {}

  /// `member(key, value)` for each member.
  template <typename Member>
  void object(const Json& value, const Member& member) {
    if (failed_) return;
    if (!value.is_object()) return fail("not an object");
    for (const auto& [key, content] : value.members()) {
      path_.push_back({key, 0});
      member(key, content);
      if (failed_) return;
      path_.pop_back();
    }
  }

  /// `element(item, out.back())` for each element, into `out`, which is emptied first.
  template <typename T, typename Element>
  void array(const Json& value, std::size_t limit, std::vector<T>& out, const Element& element) {
    if (failed_) return;
    if (!value.is_array()) return fail("not an array");
    out.clear();
    for (const Json& item : value.items()) {
      if (out.size() == limit) {
        return fail("more than " + std::to_string(limit) + " elements", ErrorCode::TooLarge);
      }
      path_.push_back({{}, out.size()});
      element(item, out.emplace_back());
      if (failed_) return;
      path_.pop_back();
    }
  }
  void texts(const Json& value, std::size_t limit, std::vector<std::string>& out) {
    array(value, limit, out,
          [this](const Json& item, std::string& text) { this->text(item, text); });
  }

  void text(const Json& value, std::string& out);
  void truth(const Json& value, bool& out);
  /// A whole number of 0 and more that `T` can hold.
  template <typename T>
  void whole(const Json& value, T& out, std::uint64_t largest = std::numeric_limits<T>::max()) {
    out = static_cast<T>(whole_up_to(value, largest));
  }

  /// An error at the place that is being read.
  void fail(std::string what, ErrorCode code = ErrorCode::Invalid, std::string hint = {});
  /// An error at a member below it.
  void fail_at(std::string_view member, std::string what, ErrorCode code = ErrorCode::Invalid,
               std::string hint = {});

  [[nodiscard]] bool failed() const { return failed_; }
  [[nodiscard]] Result<void> result() const;

 private:
  struct Step {
    std::string_view key;  ///< empty: an element
    std::size_t index;
  };

  [[nodiscard]] std::string place() const;
  std::uint64_t whole_up_to(const Json& value, std::uint64_t largest);

  std::size_t longest_text_;
  std::vector<Step> path_;
  bool failed_ = false;
  Error error_;
};

}  // namespace vigil::base
