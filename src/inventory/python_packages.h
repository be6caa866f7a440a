// The packages of a Python lock file: names are compared as PEP 503 says, and what the project asks
// for is in the lock itself or in the pyproject.toml beside it.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/node.h"
#include "inventory/file_packages.h"
#include "inventory/scopes.h"

namespace vigil::inventory {

class PythonPackages {
 public:
  PythonPackages(const File& file, Context& context,
                 model::Evidence evidence = model::Evidence::Locked)
      : packages_(file, context, "PyPI", evidence) {}

  /// As FilePackages::add; the number of the known one if name and version stood there before.
  std::size_t add(std::string_view name, std::string_view version, std::uint32_t line);
  [[nodiscard]] model::Package& operator[](std::size_t number) { return packages_[number]; }

  /// The package requires another: every one of that name, or of name and version.
  void require(std::size_t parent, std::string_view name, std::string_view version = {});
  /// The other way round: every package of that name requires this one.
  void require_by(std::size_t child, std::string_view parent);
  /// The project asks for it, in the scope "" to run or another one.
  void ask(std::string_view name, std::string_view scope, std::string_view version = {});
  /// What a pyproject.toml asks for: PEP 621, PEP 735, and Poetry's, PDM's and uv's own tables.
  void ask_as(const base::Node& pyproject);
  /// The scope that the file itself states counts more than one that follows from who requires it.
  void state(std::size_t number, std::string_view scope) { stated_.emplace(number, scope); }

  void problem(std::string why) { packages_.problem(std::move(why)); }
  void problem(std::uint32_t line, std::string_view why) { packages_.problem(line, why); }
  void finish();

 private:
  struct Reference {
    std::size_t parent;  ///< kNone: the project
    std::string name;    ///< normal
    std::string version;
    std::string scope;
    std::size_t child = FilePackages::kNone;  ///< or this one, and `name` is the parent's
  };
  using Known = std::map<std::string, std::vector<std::size_t>, std::less<>>;

  FilePackages packages_;
  Known by_name_;
  std::vector<Reference> references_;
  std::map<std::size_t, std::string> stated_;
  bool asked_ = false;
};

/// Reads a lock file of TOML: every table of the list `packages` is given to `take`; what the project
/// asks for is in the pyproject.toml beside it.
void catalog_python_lock(const File& file, Context& context, std::string_view packages,
                         void (*take)(const base::Node& entry, PythonPackages& packages));

/// The groups of a lock file's package as one scope: "" if the main group is among them, else the
/// first.
std::string_view scope_of_groups(const base::Node& groups, std::string_view main);

}  // namespace vigil::inventory
