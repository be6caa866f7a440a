// Python packages that a project asks pip for: requirements.txt and files named like it.
//
// What: a requirement a line as PEP 508 writes it, options ("-r other.txt", "-c constraints.txt"),
// comments. What is pinned ("==") will be installed in that version; "~=" counts as the version it
// begins with. Constraints pin what others ask for.
//
// References: pip.pypa.io/en/stable/reference/requirements-file-format; pip-compile's and uv's
// annotations ("# via").
//
// Traps:
//   - A "#" without a blank before it belongs to an address.
//   - Hashes stand on lines of their own, joined by a backslash. Where they are, the file is as good
//     as a lock.
//   - PowerShell's `pip freeze > requirements.txt` writes UTF-16.
//   - A file that -r names is read by itself if its name says what it is, else here.
//   - Installed packages carry files of that name along, which say nothing of what is there.
//
// Not handled: packages without a version, repositories, folders, variables of the environment;
// *.in files, which pin nothing.

#include <filesystem>
#include <map>
#include <set>

#include "base/text.h"
#include "inventory/cataloger.h"
#include "inventory/catalogers/requirements/lines.h"
#include "inventory/file_packages.h"
#include "inventory/language_package.h"
#include "inventory/python_packages.h"
#include "inventory/python_requirement.h"
#include "model/package_name.h"

namespace vigil::inventory::requirements {
namespace {

constexpr std::size_t kMaximumIncludes = 50;
constexpr std::uint64_t kIncludeLimit = std::uint64_t{4} << 20;

bool wants(std::string_view path) {
  for (const std::string_view folder :
       {"/site-packages/", "/dist-packages/", "/node_modules/", "/usr/share/doc/"}) {
    if (path.find(folder) != std::string_view::npos) return false;
  }
  const std::size_t slash = path.rfind('/');
  const std::string_view name = path.substr(slash + 1);
  return name.ends_with(".txt") &&
         (name.starts_with("requirements") || name.ends_with("requirements.txt") ||
          path.substr(0, slash).ends_with("/requirements"));
}

std::string_view scope_of(std::string_view path) {
  const std::string_view name = path.substr(path.rfind('/') + 1);
  for (const std::string_view scope : {"dev", "test"}) {
    const std::size_t at = name.find(scope);  // not the end of "latest"
    if (at != std::string_view::npos && (at == 0 || !base::is_alpha(name[at - 1]))) return scope;
  }
  return "";
}

/// The version in a wheel's file name, "name-1.0-py3-none-any.whl".
std::string_view version_of_wheel(std::string_view url) {
  url = url.substr(0, url.find_first_of("?#"));
  const std::string_view file = url.substr(url.rfind('/') + 1);
  const auto parts = base::split(file, '-');
  return file.ends_with(".whl") && parts.size() >= 5 ? parts[1] : std::string_view();
}

/// What stands behind "-r" or "--requirement", with a blank, "=" or nothing between.
std::string_view argument(std::string_view text, std::string_view brief, std::string_view option) {
  std::size_t size = 0;
  if (text.starts_with(option)) {
    size = option.size();
  } else if (text.starts_with(brief) && !text.starts_with("--")) {
    size = brief.size();
  } else {
    return {};
  }
  text = base::trim(text.substr(size));
  return base::trim(text.starts_with('=') ? text.substr(1) : text);
}

class Reader {
 public:
  Reader(const File& file, Context& context)
      : file_(file), view_(context.view), packages_(file, context, model::Evidence::Declared) {}

  void read() {
    read_file(file_.path, file_.content, false);
    for (const Wanted& one : wanted_) add(one);
    packages_.finish();
  }

 private:
  struct Wanted {
    std::string path;
    Line line;
  };

  void read_file(const std::string& path, std::string_view content, bool constraints) {
    seen_.insert(path);
    for (Line& line : read_lines(content)) {
      if (const auto other = argument(line.text, "-c", "--constraint"); !other.empty()) {
        include(path, line.line, other, true);
      } else if (const auto more = argument(line.text, "-r", "--requirement"); !more.empty()) {
        include(path, line.line, more, constraints);
      } else if (line.text.starts_with('-')) {
        continue;
      } else if (constraints) {
        const auto found = parse_python_requirement(line.text);
        if (found && !found->version.empty()) {
          constraints_.emplace(model::pep503_name(found->name), found->version);
        }
      } else {
        wanted_.push_back({path, std::move(line)});
      }
    }
  }

  void include(const std::string& from, std::uint32_t line, std::string_view name,
               bool constraints) {
    if (name.find("://") != std::string_view::npos) return;
    const std::string path = (std::filesystem::path(from).parent_path() / name).lexically_normal();
    if (seen_.contains(path) || (!constraints && wants(path))) return;
    if (seen_.size() > kMaximumIncludes) return;
    const auto content = view_.read(path, kIncludeLimit);
    if (!content) {
      seen_.insert(path);
      return packages_.problem(line, "cannot read " + base::printable(name) +
                                         ", which it names: " + content.error().what);
    }
    read_file(path, *content, constraints);
  }

  void add(const Wanted& one) {
    const std::string_view text = one.line.text;
    const auto found = parse_python_requirement(text);
    if (!found) {
      const bool elsewhere = text.find('/') != std::string_view::npos ||
                             text.find('$') != std::string_view::npos || text.starts_with('.') ||
                             text.ends_with(".whl");
      if (!elsewhere) packages_.problem(one.line.line, "no requirement");
      return;
    }
    std::string_view version = found->version;
    if (version.empty()) version = version_of_wheel(found->url);
    if (version.empty()) {
      const auto pinned = constraints_.find(model::pep503_name(found->name));
      if (pinned == constraints_.end() || !found->url.empty()) return;
      version = pinned->second;
    }
    const std::size_t number = packages_.add(found->name, version, one.line.line);
    if (number == FilePackages::kNone) return;
    model::Package& package = packages_[number];
    package.locations.front().path = one.path;
    if (one.line.hashed) package.evidence = model::Evidence::Locked;
    add_qualifier(package, "download_url", found->url);
    packages_.state(number, scope_of(one.path));
    for (const std::string& via : one.line.via) {
      if (via.starts_with("-r") || via.find('(') != std::string::npos) {
        packages_.ask(found->name, "");
      } else if (!via.starts_with('-')) {
        packages_.require_by(number, via);
      }
    }
  }

  const File& file_;
  const tree::View& view_;
  PythonPackages packages_;
  std::vector<Wanted> wanted_;
  std::map<std::string, std::string> constraints_;
  std::set<std::string> seen_;
};

void catalog(const File& file, Context& context) {
  Reader(file, context).read();
}

constexpr Pattern kPatterns[] = {ending(".txt")};

}  // namespace

const Cataloger& cataloger() {
  static const Cataloger kCataloger = {"requirements",
                                       "Python packages in requirements.txt",
                                       kPatterns,
                                       catalog,
                                       nullptr,
                                       Needs::Tree,
                                       {},
                                       wants,
                                       std::uint64_t{4} << 20};
  return kCataloger;
}

}  // namespace vigil::inventory::requirements
