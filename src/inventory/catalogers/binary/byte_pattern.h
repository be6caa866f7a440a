// A pattern over bytes with one version in it, as the tables of classifiers write it: fixed text and
// a few placeholders. It is less than a regular expression on purpose: every pattern has a fixed
// text that a search for many texts finds (anchor()), and matching around it takes bounded time.
//
//   "OpenSSL <0.0.0a>{blanks}{digits} {word} 20"
//
// <...> is the version. In it '0' stands for a number, '1' to '9' and other signs for themselves,
// and at its end: 'a' for letters that may follow ("1.0.2zk"), 'p' for a patch that may ("9.2p1"),
// 'P' for one that must, 'r' for a pre-release that may ("-rc.1", "b2"), '+' for more numbers that
// may. No digit stands before a version, and no digit or letter of the same word behind it.
//
// {0} NUL, {nl} a line feed, {digits} 1 to 20 of them, {seconds} ten digits that begin with 1,
// {hex} 7 to 64 digits, {word} a letter and up to 63 of A-Za-z0-9._-, {blanks} 1 to 3 blanks,
// {v} a "v" that may be missing, {text} up to 64 printable bytes, as few as do.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace vigil::inventory::binary {

class BytePattern {
 public:
  /// An error if a placeholder is unknown, or if there is not exactly one version, or no fixed text.
  static Result<BytePattern> parse(std::string_view text);

  /// The longest fixed text of the pattern, with the fixed beginning of a version behind it.
  [[nodiscard]] const std::string& anchor() const { return anchor_; }

  /// No byte farther than this from the anchor's beginning, before or behind it, changes what matches
  /// there: who has not the whole file needs so many on both sides.
  [[nodiscard]] std::size_t reach() const { return reach_; }

  struct Match {
    std::size_t offset = 0;  ///< of the version
    std::string_view version;
  };
  /// The match whose anchor stands at `at`; of several the one that begins first. Takes the steps it
  /// needed off `budget` and finds nothing when that is used up.
  [[nodiscard]] std::optional<Match> match(std::string_view bytes, std::size_t at,
                                           std::uint64_t& budget) const;

 private:
  enum class Kind : std::uint8_t {
    Literal,
    Version,
    Digits,
    Seconds,
    Hex,
    Word,
    Blanks,
    MayBeV,
    Text,
  };
  struct Token {
    Kind kind;
    std::string text;  ///< of literals, and the shape of a version
  };
  struct Attempt;

  Result<void> add_placeholder(std::string_view name);
  Result<void> add_version(std::string_view shape);
  void add_literal(std::string_view text);
  void choose_anchor();
  bool match_from(Attempt& attempt, std::size_t token, std::size_t at) const;

  std::vector<Token> tokens_;
  std::string anchor_;
  std::size_t anchor_token_ = 0;
  std::size_t before_at_least_ = 0;  ///< bytes that the tokens before the anchor take
  std::size_t before_at_most_ = 0;
  std::size_t reach_ = 0;
};

}  // namespace vigil::inventory::binary
