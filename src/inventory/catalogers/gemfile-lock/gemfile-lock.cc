// Ruby gems that a project has locked: Gemfile.lock, as Bundler writes it.
//
// What: sections that begin at the left edge. GEM, GIT, PATH and PLUGIN SOURCE hold `specs:` with
// one gem a line, four blanks in, "name (version)", and below it, six blanks in, what it requires.
// DEPENDENCIES are the gems that the Gemfile itself names. With `gems.rb` for Gemfile the file is
// gems.locked.
//
// References: Bundler's lockfile_parser.rb (the expression NAME_VERSION there), bundler.io/man.
//
// Traps:
//   - A version may carry a platform behind its first dash: "nokogiri (1.13.9-x86_64-linux)" is
//     version 1.13.9; the same gem stands once a platform.
//   - What stands under PATH is the project's own code, not the registry's, whatever its name. What
//     such a gem requires the project itself asks for.
//   - A "!" behind a dependency says only that its source is pinned.
//   - Which group (development, test) a gem is in is written in the Gemfile alone, a Ruby program.
//
// Not handled: checksums; the version of Bundler itself, which need not be the one installed.

#include <algorithm>
#include <string>
#include <string_view>
#include <unordered_set>

#include "base/text.h"
#include "inventory/cataloger.h"
#include "inventory/file_packages.h"
#include "inventory/language_package.h"

namespace vigil::inventory::gemfile_lock {
namespace {

struct Entry {
  std::string_view name;
  std::string_view version;   ///< between the brackets, up to the first dash; may be empty
  std::string_view platform;  ///< behind that dash
};

/// "name", "name (version)", "name (version-platform)!"
Entry parse_entry(std::string_view text) {
  if (text.ends_with('!')) text.remove_suffix(1);
  Entry entry;
  const std::size_t open = text.find(" (");
  entry.name = base::trim(text.substr(0, open));
  if (open == std::string_view::npos || !text.ends_with(')')) return entry;
  std::string_view inner = text.substr(open + 2);
  inner.remove_suffix(1);
  const std::size_t dash = inner.find('-');
  entry.version = inner.substr(0, dash);
  if (dash != std::string_view::npos) entry.platform = inner.substr(dash + 1);
  return entry;
}

/// Bundler's section that is being read and where its gems come from.
struct Section {
  std::string_view name;
  std::string_view remote;
  std::string_view revision;

  [[nodiscard]] bool holds_gems() const {
    return name == "GEM" || name == "GIT" || name == "PATH" || name == "PLUGIN SOURCE";
  }
};

class Reader {
 public:
  Reader(const File& file, Context& context)
      : file_(file), packages_(file, context, "RubyGems", model::Evidence::Locked) {}

  void read() {
    std::string_view rest = file_.content;
    while (auto line = base::next_line(rest)) {
      ++line_;
      if (line->ends_with('\r')) line->remove_suffix(1);
      if (line->starts_with("<<<<<<<") || line->starts_with(">>>>>>>")) {
        packages_.problem(line_, "an unsolved merge conflict");
      } else if (!line->empty()) {
        take(*line);
      }
    }
    for (const std::string_view name : asked_by_own_) packages_.ask(name);
    packages_.finish();
  }

 private:
  void take(std::string_view line) {
    const std::size_t indent = std::min(line.find_first_not_of(' '), line.size());
    const std::string_view text = line.substr(indent);
    if (indent == 0) {
      section_ = {text, {}, {}};
      if (text == "DEPENDENCIES") packages_.says_what_is_asked_for();
    } else if (section_.name == "DEPENDENCIES") {
      packages_.ask(parse_entry(text).name);
    } else if (section_.holds_gems()) {
      take_of_source(indent, text);
    }
  }

  void take_of_source(std::size_t indent, std::string_view text) {
    if (indent == 2 && text.starts_with("remote: ")) section_.remote = text.substr(8);
    if (indent == 2 && text.starts_with("revision: ")) section_.revision = text.substr(10);
    if (indent == 6) {
      const std::string_view name = parse_entry(text).name;
      if (section_.name == "PATH") {
        asked_by_own_.insert(name);
      } else {
        packages_.require(current_, name);
      }
    }
    if (indent == 4 && section_.name != "PATH") add(parse_entry(text));
  }

  void add(const Entry& entry) {
    current_ = packages_.add(entry.name, entry.version, line_);
    if (current_ == FilePackages::kNone) return;
    model::Package& package = packages_[current_];
    package.architecture = base::printable(entry.platform);
    add_qualifier(package, "platform", entry.platform);
    if (section_.name == "GIT" && !section_.remote.empty()) {
      add_qualifier(package, "vcs_url",
                    "git+" + std::string(section_.remote) + "@" + std::string(section_.revision));
    }
  }

  const File& file_;
  FilePackages packages_;
  Section section_;
  std::uint32_t line_ = 0;
  std::size_t current_ = FilePackages::kNone;
  std::unordered_set<std::string_view> asked_by_own_;
};

void catalog(const File& file, Context& context) {
  Reader(file, context).read();
}

constexpr Pattern kPatterns[] = {named("Gemfile.lock"), named("gems.locked")};

}  // namespace

const Cataloger& cataloger() {
  static const Cataloger kCataloger = {"gemfile-lock", "Ruby gems locked by Bundler", kPatterns,
                                       catalog};
  return kCataloger;
}

}  // namespace vigil::inventory::gemfile_lock
