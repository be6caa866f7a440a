// Packages of Hex, the registry of Erlang and Elixir: what Mix and Rebar have locked, and what was
// unpacked from it.
//
// What: terms of the two languages.
//   - mix.lock: a map, application => {:hex, package, version, checksum, build tools,
//     [{application, range, options}], repository, checksum}, or {:git, url, revision, options}.
//   - rebar.lock: {Version, [{Application, {pkg, Package, Version}, Level}]}. and then checksums;
//     before rebar3 only the list. Level 0 is what the project itself asks for.
//   - deps/NAME/hex_metadata.config: {Key, Value}. for each of name, version, licenses, ...
//
// References: hexdocs.pm/mix, Mix's and Hex's lock (lib/hex/utils.ex), rebar3's rebar_config.erl
// (write_lock_file), github.com/hexpm/specifications (metadata.md).
//
// Traps:
//   - The application's name and the package's may differ; advisories speak of packages.
//   - What requires whom is written by applications in mix.lock.
//   - An optional requirement that nobody needs is not in the lock.
//   - A package of another repository ("hexpm:organisation") is not the one of that name in Hex.
//
// Not handled: what mix.exs asks for, a program; applications of releases (lib/NAME-VERSION/ebin),
// which do not say whether they came from Hex or with Erlang itself.

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/text.h"
#include "inventory/cataloger.h"
#include "inventory/catalogers/hex/term.h"
#include "inventory/file_packages.h"
#include "inventory/language_package.h"

namespace vigil::inventory::hex {
namespace {

using Kind = Term::Kind;

void add_source(FilePackages& packages, std::size_t added, std::string_view url,
                std::string_view revision) {
  if (added == FilePackages::kNone) return;
  add_qualifier(packages[added], "vcs_url",
                "git+" + std::string(url) + "@" + std::string(revision));
}

void read_mix_lock(const Term& root, FilePackages& packages) {
  struct Wish {
    std::size_t parent;
    const std::string& application;
  };
  std::unordered_map<std::string_view, std::size_t> by_application;
  std::vector<Wish> wishes;
  for (const Term& entry : root.items) {
    const Term& application = entry.at(0);
    const Term& source = entry.at(1);
    std::size_t added = FilePackages::kNone;
    if (source.at(0).text == "hex") {
      added = packages.add(source.at(1).text, source.at(2).text, application.line);
      if (added != FilePackages::kNone && source.at(6).is(Kind::Text)) {
        const std::string& repository = source.at(6).text;
        if (repository != "hexpm") add_qualifier(packages[added], "repository_url", repository);
      }
      for (const Term& wish : source.at(5).items) wishes.push_back({added, wish.at(0).text});
    } else if (source.at(0).text == "git") {
      added = packages.add(application.text, source.at(2).text, application.line);
      add_source(packages, added, source.at(1).text, source.at(2).text);
    } else if (!source.is(Kind::Nothing)) {
      packages.problem(application.line, "a source that is neither hex nor git");
    }
    if (added != FilePackages::kNone) by_application.emplace(application.text, added);
  }
  for (const Wish& wish : wishes) {
    const auto found = by_application.find(wish.application);
    if (found != by_application.end()) packages.require(wish.parent, found->second);
  }
}

void read_rebar_lock(const std::vector<Term>& terms, FilePackages& packages) {
  if (terms.empty()) return;
  const Term& first = terms.front();
  const Term& list = first.is(Kind::Tuple) ? first.at(1) : first;
  packages.says_what_is_asked_for();
  for (const Term& entry : list.items) {
    const Term& source = entry.at(1);
    std::size_t added = FilePackages::kNone;
    if (source.at(0).text == "pkg") {
      added = packages.add(source.at(1).text, source.at(2).text, entry.line);
    } else if (source.at(0).text == "git") {
      added = packages.add(entry.at(0).text, source.at(2).at(1).text, entry.line);
      add_source(packages, added, source.at(1).text, source.at(2).at(1).text);
    } else {
      packages.problem(entry.line, "a source that is neither pkg nor git");
    }
    if (added != FilePackages::kNone && entry.at(2).text == "0") {
      packages.ask(packages[added].name);
    }
  }
}

void read_metadata(std::vector<Term> terms, FilePackages& packages) {
  const Term root{Kind::List, {}, std::move(terms), 0};
  const Term& version = root.value("version");
  const std::size_t added = packages.add(root.value("name").text, version.text, version.line);
  if (added == FilePackages::kNone) return;
  for (const Term& license : root.value("licenses").items) {
    std::string& out = packages[added].license;
    out += (out.empty() ? "" : ", ") + base::printable(license.text);
  }
}

void catalog(const File& file, Context& context) {
  const bool is_metadata = file.path.ends_with("/hex_metadata.config");
  const bool is_mix = file.path.ends_with("/mix.lock");
  FilePackages packages(file, context, "Hex",
                        is_metadata ? model::Evidence::Installed : model::Evidence::Locked);
  auto terms = parse_terms(file.content, is_mix ? Language::Elixir : Language::Erlang);
  if (!terms) {
    packages.problem(terms.error().what);
  } else if (is_metadata) {
    read_metadata(std::move(*terms), packages);
  } else if (is_mix) {
    if (!terms->empty()) read_mix_lock(terms->front(), packages);
  } else {
    read_rebar_lock(*terms, packages);
  }
  packages.finish();
}

constexpr Pattern kPatterns[] = {named("mix.lock"), named("rebar.lock"),
                                 named("hex_metadata.config")};

}  // namespace

const Cataloger& cataloger() {
  static const Cataloger kCataloger = {"hex", "Erlang and Elixir packages (Hex)", kPatterns,
                                       catalog};
  return kCataloger;
}

}  // namespace vigil::inventory::hex
