// `vigil version`: how an ecosystem orders versions.
#include <cstdio>

#include "base/text.h"
#include "cli/commands.h"
#include "cli/lines.h"
#include "cli/output.h"
#include "cli/table.h"
#include "version/scheme.h"

namespace vigil::cli {
namespace {

Result<const version::Scheme*> scheme_named(const std::string& name) {
  if (const version::Scheme* scheme = version::find_scheme(name)) return scheme;
  std::string known;
  for (const version::Scheme* scheme : version::all_schemes()) {
    known += (known.empty() ? "" : " ") + std::string(scheme->name);
  }
  return fail("there is no version scheme '" + name + "'", {}, "known: " + known,
              ErrorCode::NotFound);
}

std::string_view sign(std::strong_ordering order) {
  if (order < 0) return "<";
  return order > 0 ? ">" : "=";
}

/// The answer to one line "A B"; "?" and the reason on stderr if it has none.
std::string answer(const version::Scheme& scheme, std::string_view line) {
  const auto parts = base::words(line);
  if (parts.size() != 2) {
    report_error({"expected two versions, separated by a blank", std::string(line), {}});
    return "?\n";
  }
  const auto order = version::compare(scheme, parts[0], parts[1]);
  if (!order) {
    report_error(order.error());
    return "?\n";
  }
  return std::string(sign(*order)) + "\n";
}

}  // namespace

int version_compare(const VersionOptions& options) {
  const auto scheme = scheme_named(options.scheme);
  if (!scheme) return report_error(scheme.error());
  if (options.versions.size() == 1 && options.versions[0] == "-") {
    for_each_input_line([&](std::string_view line) { print(answer(**scheme, line)); });
    return kSuccess;
  }
  if (options.versions.size() != 2) {
    report_error({"expected two versions, or - to read them from standard input", {}, {}});
    return kUsage;
  }
  const auto order = version::compare(**scheme, options.versions[0], options.versions[1]);
  if (!order) return report_error(order.error());
  print(std::string(sign(*order)) + "\n");
  return kSuccess;
}

int version_key(const VersionOptions& options) {
  const auto scheme = scheme_named(options.scheme);
  if (!scheme) return report_error(scheme.error());
  const auto key = (*scheme)->key(options.versions.at(0));
  if (!key) return report_error(key.error());
  print(base::hex(*key) + "\n");
  return kSuccess;
}

int version_schemes() {
  std::vector<std::vector<Cell>> rows;
  for (const version::Scheme* scheme : version::all_schemes()) {
    rows.push_back({{std::string(scheme->name)}, {std::string(scheme->summary)}});
  }
  print(draw_table(Terminal::of_stdout(), {{"SCHEME"}, {"ORDERS", false, 20, true}}, rows));
  return kSuccess;
}

}  // namespace vigil::cli
