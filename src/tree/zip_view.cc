#include "tree/zip_view.h"

#include <algorithm>
#include <deque>

#include "base/text.h"

namespace vigil::tree {
namespace {

constexpr int kMaximumLinks = 40;
constexpr std::uint64_t kLongestTarget = 4096;

/// Orders paths so that what is in a folder follows it at once: "/a", "/a/b", "/a-b".
bool path_less(std::string_view a, std::string_view b) {
  const auto rank = [](char c) { return c == '/' ? 0 : static_cast<unsigned char>(c) + 1; };
  return std::lexicographical_compare(
      a.begin(), a.end(), b.begin(), b.end(),
      [&](char left, char right) { return rank(left) < rank(right); });
}

bool is_below(std::string_view path, std::string_view directory) {
  if (directory == "/") return path.size() > 1;
  return path.size() > directory.size() && path.starts_with(directory) &&
         path[directory.size()] == '/';
}

std::string parent_of(std::string_view path) {
  const std::size_t slash = path.rfind('/');
  return slash == 0 ? "/" : std::string(path.substr(0, slash));
}

Entry directory_at(std::string_view path) {
  return {std::string(path), Kind::Directory, 0, 0755};
}

}  // namespace

Zip::Zip(std::unique_ptr<Bytes> bytes, ZipDirectory directory, std::string origin)
    : bytes_(std::move(bytes)),
      entries_(std::move(directory.entries)),
      problems_(std::move(directory.problems)),
      origin_(std::move(origin)) {
  std::sort(entries_.begin(), entries_.end(),
            [](const ZipEntry& a, const ZipEntry& b) { return path_less(a.path, b.path); });
}

Result<std::unique_ptr<Zip>> Zip::open(std::unique_ptr<Bytes> bytes, std::string origin,
                                       const ZipLimits& limits) {
  VIGIL_TRY(ZipDirectory directory, read_zip_directory(*bytes, limits));
  return std::unique_ptr<Zip>(new Zip(std::move(bytes), std::move(directory), std::move(origin)));
}

const ZipEntry* Zip::find(std::string_view path) const {
  const auto found = std::lower_bound(
      entries_.begin(), entries_.end(), path,
      [](const ZipEntry& entry, std::string_view wanted) { return path_less(entry.path, wanted); });
  return found != entries_.end() && found->path == path ? &*found : nullptr;
}

std::size_t Zip::first_below(std::string_view directory) const {
  const std::string prefix = directory == "/" ? "/" : std::string(directory) + "/";
  const auto found = std::lower_bound(entries_.begin(), entries_.end(), prefix,
                                      [](const ZipEntry& entry, const std::string& wanted) {
                                        return path_less(entry.path, wanted);
                                      });
  return static_cast<std::size_t>(found - entries_.begin());
}

bool Zip::has_below(std::string_view directory) const {
  const std::size_t first = first_below(directory);
  return first < entries_.size() && is_below(entries_[first].path, directory);
}

std::optional<Entry> Zip::at(std::string_view path) const {
  if (path == "/" || has_below(path)) return directory_at(path);
  const ZipEntry* const entry = find(path);
  if (entry == nullptr) return std::nullopt;
  return Entry{entry->path, entry->kind, entry->kind == Kind::File ? entry->size : 0, entry->mode};
}

std::optional<std::string> Zip::resolve(std::string_view path) const {
  std::deque<std::string> pending;
  const auto push = [&](std::string_view more) {
    const std::vector<std::string_view> parts = base::split(more, '/');
    for (auto part = parts.rbegin(); part != parts.rend(); ++part) {
      if (!part->empty() && *part != ".") pending.emplace_front(*part);
    }
  };
  push(path);
  std::string here = "/";
  bool in_folder = true;
  int links = 0;
  while (!pending.empty()) {
    if (!in_folder) return std::nullopt;
    const std::string name = std::move(pending.front());
    pending.pop_front();
    if (name == "..") {
      here = parent_of(here);
      continue;
    }
    const std::string next = (here == "/" ? "" : here) + "/" + name;
    const auto entry = at(next);
    if (!entry) return std::nullopt;
    if (entry->kind == Kind::Link) {
      if (++links > kMaximumLinks) return std::nullopt;
      const auto target = read_zip_entry(*bytes_, *find(next), kLongestTarget);
      if (!target) return std::nullopt;
      if (target->starts_with('/')) here = "/";
      push(*target);
      continue;
    }
    here = next;
    in_folder = entry->kind == Kind::Directory;
  }
  return here;
}

Result<const ZipEntry*> Zip::file(std::string_view path) const {
  const auto resolved = resolve(path);
  if (!resolved) {
    return fail("there is no such file", std::string(path), {}, ErrorCode::NotFound);
  }
  const auto entry = at(*resolved);
  if (!entry || entry->kind == Kind::Directory) return fail("this is a directory", *resolved);
  if (entry->kind != Kind::File) return fail("this is not a regular file", *resolved);
  return find(*resolved);
}

Result<std::string> Zip::read(std::string_view path, std::uint64_t limit) const {
  VIGIL_TRY(const ZipEntry* const entry, file(path));
  return read_zip_entry(*bytes_, *entry, limit);
}

Result<std::string> Zip::head(std::string_view path, std::size_t count) const {
  VIGIL_TRY(const ZipEntry* const entry, file(path));
  return read_zip_head(*bytes_, *entry, count);
}

std::optional<Entry> Zip::stat(std::string_view path) const {
  const auto resolved = resolve(path);
  return resolved ? at(*resolved) : std::nullopt;
}

Result<std::vector<Entry>> Zip::list(std::string_view directory) const {
  const auto resolved = resolve(directory);
  if (!resolved) {
    return fail("there is no such file", std::string(directory), {}, ErrorCode::NotFound);
  }
  const auto here = at(*resolved);
  if (!here || here->kind != Kind::Directory) return fail("this is not a directory", *resolved);
  const std::size_t begin = *resolved == "/" ? 1 : resolved->size() + 1;
  std::vector<Entry> entries;
  for (std::size_t i = first_below(*resolved);
       i < entries_.size() && is_below(entries_[i].path, *resolved);) {
    const std::string& path = entries_[i].path;
    const std::string child = path.substr(0, path.find('/', begin));
    entries.push_back(*at(child));
    while (i < entries_.size() &&
           (entries_[i].path == child || is_below(entries_[i].path, child))) {
      ++i;
    }
  }
  std::sort(entries.begin(), entries.end(),
            [](const Entry& a, const Entry& b) { return a.path < b.path; });
  return entries;
}

Result<void> Zip::walk(const WalkLimits& limits, const std::function<bool(const Entry&)>& visit,
                       const std::function<void(std::string, std::string)>& problem) const {
  std::uint64_t count = 0;
  bool goes_on = true;
  const auto show = [&](const Entry& entry) -> Result<void> {
    const std::string& path = entry.path;
    const bool left_out =
        std::any_of(limits.excluded.begin(), limits.excluded.end(),
                    [&](const std::string& excluded) { return is_below(path, excluded); });
    if (left_out || limits.place(path) != WalkLimits::Place::Inside) return ok();
    const auto depth = static_cast<std::uint32_t>(std::count(path.begin(), path.end(), '/'));
    if (depth > limits.depth) return ok();
    if (++count > limits.entries) {
      return fail("the tree has more than " + std::to_string(limits.entries) + " entries", path,
                  "scan a part of it", ErrorCode::TooLarge);
    }
    if (entry.kind == Kind::Directory && depth == limits.depth) {
      problem(path, "deeper than " + std::to_string(limits.depth) + " folders: not entered");
    }
    goes_on = visit(entry);
    return ok();
  };
  std::string_view before;
  for (std::size_t i = 0; i < entries_.size() && goes_on; ++i) {
    const std::string_view path = entries_[i].path;
    // Folders without entries of their own begin where the path leaves the one before.
    for (std::size_t slash = path.find('/', 1); slash != std::string_view::npos && goes_on;
         slash = path.find('/', slash + 1)) {
      const std::string_view folder = path.substr(0, slash);
      if (before != folder && !is_below(before, folder)) VIGIL_CHECK(show(directory_at(folder)));
    }
    if (goes_on) VIGIL_CHECK(show(*at(path)));
    before = path;
  }
  return ok();
}

}  // namespace vigil::tree
