// GitHub Actions that a repository's workflows use.
//
// What: .github/workflows/*.yml (Gitea and Forgejo read .gitea/workflows and .forgejo/workflows),
// and action.yml of an action that is made of others. YAML, in which `uses: owner/repository@ref`,
// `uses: owner/repository/folder@ref`, `uses: docker://image` or `uses: ./folder` stands somewhere.
//
// References: docs.github.com/actions (reference/workflow-syntax, "jobs.<job_id>.steps[*].uses"),
// "Security hardening for GitHub Actions" (pinning to a commit).
//
// Traps:
//   - Whoever pins to a commit writes the version into a comment: `uses: a/b@<40 digits> # v4.1.1`,
//     as Dependabot and Renovate keep it. A YAML reader drops comments, so the lines are read.
//   - A ref like v4 is a tag that moves: it is no version that compares with "4.1.1", and is kept as
//     it is written.
//   - A step's script (`run: |`) may hold the text "uses:"; what is indented below it is not looked
//     at.
//   - The advisory of an action in a folder speaks of its repository; the folder is the purl's
//     subpath.
//
// Not handled: flow style ({uses: a/b@v1}), which nobody writes; images; actions of this repository.

#include <algorithm>
#include <set>
#include <string>
#include <string_view>
#include <utility>

#include "base/text.h"
#include "inventory/cataloger.h"
#include "inventory/file_packages.h"
#include "model/package_url.h"

namespace vigil::inventory::github_actions {
namespace {

bool is_commit(std::string_view ref) {
  return ref.size() >= 40 && std::all_of(ref.begin(), ref.end(), [](char c) {
           return base::is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
         });
}

/// Of " # tag=v4.1.1 (main)" the first word that looks like a version: "v4.1.1"; or empty.
std::string_view version_in(std::string_view comment) {
  for (std::string_view word : base::words(comment)) {
    while (!word.empty() && (word.front() == '#' || word.front() == '@')) word.remove_prefix(1);
    if (const std::size_t equals = word.find('='); equals != std::string_view::npos) {
      word.remove_prefix(equals + 1);
    }
    const std::size_t digit = word.starts_with('v') ? 1 : 0;
    if (word.size() > digit && base::is_digit(word[digit]) && !is_commit(word)) return word;
  }
  return {};
}

struct Use {
  std::string_view value;
  std::string_view comment;
};

/// `- "uses": 'a/b@v1' # comment`; no value if the line is none.
Use parse_use(std::string_view line) {
  line = base::trim(line);
  while (line.starts_with("- ")) line = base::trim(line.substr(2));
  for (const std::string_view key : {"uses", "\"uses\"", "'uses'"}) {
    if (!line.starts_with(key)) continue;
    std::string_view rest = base::trim(line.substr(key.size()));
    if (!rest.starts_with(':')) continue;
    rest = base::trim(rest.substr(1));
    if (rest.empty()) return {};
    if (rest.front() == '"' || rest.front() == '\'') {
      const std::size_t end = rest.find(rest.front(), 1);
      if (end == std::string_view::npos) return {};
      return {rest.substr(1, end - 1), rest.substr(end + 1)};
    }
    const std::size_t end = std::min(rest.find(" #"), rest.find("\t#"));
    return {base::trim(rest.substr(0, end)),
            end == std::string_view::npos ? std::string_view{} : rest.substr(end)};
  }
  return {};
}

/// Does the line end in "|" or ">" (with "-", "+", digits), so that a text is below it?
bool opens_block(std::string_view line) {
  line = base::trim(line.substr(0, std::min(line.find(" #"), line.size())));
  while (!line.empty() &&
         (base::is_digit(line.back()) || line.back() == '-' || line.back() == '+')) {
    line.remove_suffix(1);
  }
  if (line.empty() || (line.back() != '|' && line.back() != '>')) return false;
  line = base::trim(line.substr(0, line.size() - 1));
  return line.ends_with(':') || line.ends_with('-') || line.empty();
}

void take(const Use& use, std::uint32_t line, FilePackages& packages) {
  const std::string_view value = use.value;
  if (value.empty() || value.starts_with('.') || value.starts_with("docker://")) return;
  const std::size_t at = value.rfind('@');
  if (at == std::string_view::npos) {
    if (value.find("${{") == std::string_view::npos) {
      packages.problem(line, base::printable(value.substr(0, 80)) + " has no ref");
    }
    return;
  }
  const std::size_t slash = value.find('/');
  const std::size_t end = slash == std::string_view::npos ? slash : value.find('/', slash + 1);
  const std::string_view name = value.substr(0, std::min(at, end));
  const std::string_view ref = value.substr(at + 1);
  const std::string_view commented = is_commit(ref) ? version_in(use.comment) : std::string_view{};
  const std::size_t added = packages.add(name, commented.empty() ? ref : commented, line);
  if (added == FilePackages::kNone) return;
  packages[added].scope = "build";
  packages.ask(name);
  if (end >= at) return;
  if (auto purl = model::parse_package_url(packages[added].package_url)) {
    purl->subpath = value.substr(end + 1, at - end - 1);
    packages[added].package_url = purl->text();
  }
}

void catalog(const File& file, Context& context) {
  constexpr std::size_t kNoBlock = std::string_view::npos;
  FilePackages packages(file, context, "GitHub Actions", model::Evidence::Declared);
  std::set<std::pair<std::string_view, std::string_view>> seen;
  std::string_view rest = file.content;
  std::size_t block = kNoBlock;  // indentation of the line that opened the text being passed over
  std::uint32_t number = 0;
  while (const auto line = base::next_line(rest)) {
    ++number;
    const std::size_t indent = line->find_first_not_of(" \t\r");
    if (indent == std::string_view::npos) continue;
    if (block != kNoBlock && indent > block) continue;
    block = opens_block(*line) ? indent : kNoBlock;
    const Use use = parse_use(*line);
    if (seen.emplace(use.value, use.comment).second) take(use, number, packages);
  }
  packages.finish();
}

bool wants(std::string_view path) {
  const std::size_t slash = path.rfind('/');
  const std::string_view name = path.substr(slash + 1);
  if (name == "action.yml" || name == "action.yaml") return true;
  const std::string_view folder = path.substr(0, slash);
  return folder.ends_with("/.github/workflows") || folder.ends_with("/.gitea/workflows") ||
         folder.ends_with("/.forgejo/workflows");
}

constexpr Pattern kPatterns[] = {ending(".yml"), ending(".yaml")};
constexpr std::uint64_t kLimit = std::uint64_t{4} << 20;

}  // namespace

const Cataloger& cataloger() {
  static const Cataloger kCataloger = {"github-actions",
                                       "GitHub Actions",
                                       kPatterns,
                                       catalog,
                                       nullptr,
                                       Needs::File,
                                       {},
                                       wants,
                                       kLimit};
  return kCataloger;
}

}  // namespace vigil::inventory::github_actions
