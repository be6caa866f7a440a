// The packages of one file while it is read: who requires whom, who is asked for by the project
// itself, and what is wrong.
//
//   FilePackages packages(file, context, "RubyGems", model::Evidence::Locked);
//   const std::size_t rails = packages.add("rails", "7.0.4", 12);
//   packages.require(rails, "actionpack");
//   packages.ask("rails");
//   packages.finish();
//
// Names that a file requires and does not hold (the language itself, optional packages) are passed
// over. Whatever a hostile file says, there are no more than four million requirements and twenty
// problems.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_set>
#include <utility>
#include <vector>

#include "inventory/cataloger.h"
#include "model/package.h"

namespace vigil::inventory {

class FilePackages {
 public:
  /// No package.
  static constexpr std::size_t kNone = static_cast<std::size_t>(-1);

  /// `file` and `context` must outlive it.
  FilePackages(const File& file, Context& context, std::string_view ecosystem,
               model::Evidence evidence)
      : file_(file), context_(context), ecosystem_(ecosystem), evidence_(evidence) {}

  /// The number of the new package. Where name or version are none (empty, with blanks or control
  /// characters, of more than 1,024 bytes), that is a problem and the answer kNone.
  std::size_t add(std::string_view name, std::string_view version, std::uint32_t line = 0);
  [[nodiscard]] std::size_t size() const { return packages_.size(); }
  [[nodiscard]] model::Package& operator[](std::size_t number) { return packages_[number]; }

  /// The package requires another: every one of that name, or this one. Of kNone: nothing happens.
  void require(std::size_t parent, std::string_view child);
  void require(std::size_t parent, std::size_t child);
  /// The project itself asks for the packages of that name.
  void ask(std::string_view name);
  /// The file says what the project asks for, even if that is nothing: the others are transitive.
  void says_what_is_asked_for() { asked_known_ = true; }

  void problem(std::string why);
  /// "line 12: why".
  void problem(std::uint32_t line, std::string_view why);

  /// Hands everything to the context.
  void finish();

 private:
  void set_parents();

  const File& file_;
  Context& context_;
  std::string_view ecosystem_;
  model::Evidence evidence_;
  std::vector<model::Package> packages_;
  std::vector<std::pair<std::size_t, std::string>> required_names_;
  std::vector<std::pair<std::size_t, std::size_t>> required_;
  std::unordered_set<std::string> asked_;
  bool asked_known_ = false;
  std::size_t problems_ = 0;
};

/// May be a package's name or version: printable ASCII without blanks, 1 to 1,024 bytes.
bool is_package_word(std::string_view text);

}  // namespace vigil::inventory
