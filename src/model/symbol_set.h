// Which functions are in a program, small enough to stand in an inventory: a set of 24-bit hashes
// of their names.
//
// A name is the path of its package and the symbol as the Go vulnerability database writes it
// (imports[].path + "." + imports[].symbols[], https://go.dev/doc/security/vuln/database):
// "net/http.Server.Serve", "golang.org/x/text/language.Parse". How the receiver is written does not
// matter: "net/http.(*Server).Serve" and "pkg.List[...].Push" are the same as "net/http.Server.Serve"
// and "pkg.List.Push". The package of a program is known by its import path ("example.org/cmd/tool.run")
// and as "main" ("main.run").
//
// Two names share a hash once in 16 million pairs: of 10,000 names in a program, one of 1,700 that
// are not in it seems to be. "Contains" therefore means "may be there", the safe side; that a name
// is not contained is certain.
//
// As text: "1", the version of this form, and in base64 the hashes in ascending order, each as the
// distance from the one before in groups of seven bits, the lowest first, the eighth bit set where
// more follow. About 2.3 characters a name.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace vigil::model {

class SymbolSet {
 public:
  SymbolSet() = default;
  explicit SymbolSet(std::vector<std::uint32_t> hashes);
  static SymbolSet of(std::span<const std::string_view> names);
  /// `Invalid` if the text is no set.
  static Result<SymbolSet> parse(std::string_view text);

  /// Of a name in any of its forms; below 2^24.
  [[nodiscard]] static std::uint32_t hash(std::string_view name);

  [[nodiscard]] bool contains(std::string_view name) const;
  [[nodiscard]] bool empty() const { return hashes_.empty(); }
  [[nodiscard]] std::size_t size() const { return hashes_.size(); }
  [[nodiscard]] std::string text() const;

 private:
  std::vector<std::uint32_t> hashes_;  ///< ascending, each once
};

}  // namespace vigil::model
