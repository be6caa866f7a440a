// Expected failures as values. A Result is either a T or an Error that says what went wrong, where,
// and what to do about it. Exceptions do not cross rooms; a wrapper around a library that throws
// catches there and returns an Error.
//
//   Result<Config> load(const std::string& path) {
//     VIGIL_TRY(std::string text, base::read_file(path, 1 << 20));
//     if (text.empty()) return fail("the file is empty", path, "write a policy into it");
//     return parse(text);
//   }
//
// The shape is std::expected's, so that C++23's can replace it.
#pragma once

#include <string>
#include <tl/expected.hpp>
#include <utility>

namespace vigil {

/// What a program may branch on; people read the text.
enum class ErrorCode {
  Invalid,      ///< the input is not what it should be
  NotFound,     ///< there is nothing under that name
  Unsupported,  ///< understood, but not something this program can do
  TooLarge,     ///< a limit on size, depth or count was reached
  Io,           ///< the operating system refused
  Network,      ///< a remote end refused or did not answer
  Busy,         ///< somebody else holds it now
  Crashed,      ///< a process that worked on it died or hung
};

struct [[nodiscard]] Error {
  std::string what;   ///< what went wrong, in one clause: "unknown metric 'XX'"
  std::string where;  ///< file, record, line or byte; may be empty
  std::string hint;   ///< what to do about it; may be empty
  ErrorCode code = ErrorCode::Invalid;

  /// "where: what (hint)", leaving out what is empty.
  [[nodiscard]] std::string text() const;
};

template <typename T>
using Result = tl::expected<T, Error>;

/// Makes the failing side of any Result.
[[nodiscard]] inline tl::unexpected<Error> fail(std::string what, std::string where = {},
                                                std::string hint = {},
                                                ErrorCode code = ErrorCode::Invalid) {
  return tl::unexpected<Error>(Error{std::move(what), std::move(where), std::move(hint), code});
}
[[nodiscard]] inline tl::unexpected<Error> fail(Error error) {
  return tl::unexpected<Error>(std::move(error));
}
/// An operating system error: "cannot open: No such file or directory".
[[nodiscard]] tl::unexpected<Error> fail_errno(std::string what, std::string where,
                                               int error_number);

/// Success without a value.
inline Result<void> ok() {
  return {};
}

}  // namespace vigil

#define VIGIL_CONCAT_INNER(a, b) a##b
#define VIGIL_CONCAT(a, b) VIGIL_CONCAT_INNER(a, b)
#define VIGIL_TRY_INNER(result, declaration, expression)         \
  auto result = (expression);                                    \
  if (!result) return tl::unexpected(std::move(result).error()); \
  declaration = std::move(*result)
/// VIGIL_TRY(T x, expression): x gets the value, or the function returns the error.
#define VIGIL_TRY(declaration, ...) \
  VIGIL_TRY_INNER(VIGIL_CONCAT(vigil_result_, __COUNTER__), declaration, __VA_ARGS__)
#define VIGIL_CHECK_INNER(result, ...) \
  if (auto result = (__VA_ARGS__); !result) return tl::unexpected(std::move(result).error())
/// VIGIL_CHECK(expression): the function returns the error if there is one. The expression may hold
/// a lambda that checks in turn.
#define VIGIL_CHECK(...) VIGIL_CHECK_INNER(VIGIL_CONCAT(vigil_check_, __COUNTER__), __VA_ARGS__)
