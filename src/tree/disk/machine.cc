#include "tree/disk/machine.h"

#include <algorithm>
#include <map>
#include <optional>
#include <utility>

#include "base/text.h"
#include "tree/disk/fstab.h"
#include "tree/mounted.h"
#include "tree/node_view.h"

namespace vigil::tree::disk {
namespace {

constexpr std::uint64_t kSmall = 1 << 20;

struct Opened {
  const Volume* volume = nullptr;
  FileSystem file_system;
  int rank = -1;  ///< how likely it is the root; negative: not at all
  bool used = false;
};

/// Whether the tree could be a machine's root. /usr may be another volume: then os-release is a link
/// that leads nowhere.
int rank_of(const Opened& opened, std::size_t disks) {
  const NodeView view(opened.file_system.nodes);
  const auto is = [&](const char* path, Kind kind) {
    const auto entry = view.stat(path);
    return entry && entry->kind == kind;
  };
  if (!is("/etc", Kind::Directory)) return -1;
  const bool released = is("/etc/os-release", Kind::File) || is("/usr/lib/os-release", Kind::File);
  if (!released && !is("/usr", Kind::Directory)) return -1;
  int rank = released ? 2 : 0;
  if (const auto fstab = view.read("/etc/fstab", kSmall)) {
    ++rank;
    for (const FstabEntry& entry : parse_fstab(*fstab)) {
      if (entry.path == "/" && opened.volume->is_named(entry.device, disks)) rank += 4;
    }
  }
  return rank;
}

/// Where a partition of that type belongs if fstab says nothing.
std::string_view place_of_type(std::string_view type) {
  static const std::map<std::string_view, std::string_view> kPlaces = {
      {"8484680c-9521-48c6-9c11-b0720656f69e", "/usr"},  // x86-64
      {"b0e01050-ee5f-4390-949a-9101b17104e9", "/usr"},  // arm64
      {"933ac7e1-2eb4-4f13-b844-0e14e2aef915", "/home"},
      {"3b8f8425-20e0-4f3b-907f-1a25a76f98e8", "/srv"},
      {"4d21b016-b534-45c2-a9fb-5c16e091fd2d", "/var"},
      {"7ec6f557-3bc5-4aca-b293-16ef5df639d1", "/var/tmp"},
      {"bc13c2ff-59e6-4262-a352-b275fd6f7172", "/boot"},
  };
  const auto found = kPlaces.find(type);
  return found == kPlaces.end() ? std::string_view{} : found->second;
}

class Assembly {
 public:
  Assembly(const std::vector<Disk>& disks, const std::string& chosen)
      : disks_(disks.size()), chosen_(chosen) {
    volumes_ = find_volumes(disks, problems_);
  }

  Result<Machine> run() {
    for (const Volume& volume : volumes_) open(volume);
    VIGIL_TRY(Opened * root, find_root());
    root->used = true;
    mounted_ = std::make_shared<Mounted>(root->file_system.nodes);
    const NodeView root_view(root->file_system.nodes);
    mount_fstab(root_view, *root);
    mount_by_type(*root);
    report_unused();
    Machine machine;
    machine.root = root->volume->name;
    machine.tree = mounted_;
    machine.problems = std::move(problems_);
    return machine;
  }

 private:
  void open(const Volume& volume) {
    const Content content = volume.signature.content;
    if (content == Content::NotRead) {
      problems_.push_back({volume.name, volume.signature.name + " is not read"});
    } else if (content == Content::Encrypted) {
      problems_.push_back({volume.name, "encrypted (" + volume.signature.name + "): not read"});
    }
    if (content != Content::FileSystem) return;
    auto file_system = open_file_system(volume.bytes);
    if (!file_system) {
      problems_.push_back({volume.name, file_system.error().what});
      return;
    }
    for (Problem& problem : file_system->problems) {
      problems_.push_back({volume.name + ", " + problem.where, std::move(problem.why)});
    }
    Opened opened{&volume, std::move(*file_system)};
    opened.rank = rank_of(opened, disks_);
    opened_.push_back(std::move(opened));
  }

  Result<Opened*> find_root() {
    if (!chosen_.empty()) {
      for (Opened& opened : opened_) {
        if (opened.volume->is_named(chosen_, disks_)) return &opened;
      }
      return fail("there is no file system \"" + chosen_ + "\" on the disk", {}, what_there_is(),
                  ErrorCode::NotFound);
    }
    Opened* best = nullptr;
    for (Opened& opened : opened_) {
      if (opened.rank >= 0 && (best == nullptr || opened.rank > best->rank)) best = &opened;
    }
    // A disk of data alone.
    if (best == nullptr && opened_.size() == 1) best = opened_.data();
    if (best != nullptr) return best;
    return fail("no root file system was found", {}, what_there_is(), ErrorCode::NotFound);
  }

  [[nodiscard]] std::string what_there_is() const {
    std::string text;
    for (const Volume& volume : volumes_) {
      if (!text.empty()) text += "; ";
      text +=
          volume.name + ": " + (volume.signature.name.empty() ? "unknown" : volume.signature.name);
      for (const Problem& problem : problems_) {
        if (problem.where == volume.name) text += " (" + problem.why + ")";
      }
    }
    return text;
  }

  void mount_fstab(const NodeView& root_view, const Opened& root) {
    const auto text = root_view.read("/etc/fstab", kSmall);
    if (!text) return;
    for (const FstabEntry& entry : parse_fstab(*text)) {
      if (entry.path == "/") continue;
      const auto volume = std::find_if(
          volumes_.begin(), volumes_.end(),
          [&](const Volume& candidate) { return candidate.is_named(entry.device, disks_); });
      if (volume == volumes_.end()) {
        problems_.push_back({"/etc/fstab", entry.path + ": " + base::printable(entry.device) +
                                               " is on none of the given disks"});
        continue;
      }
      const auto opened = std::find_if(opened_.begin(), opened_.end(),
                                       [&](const Opened& each) { return each.volume == &*volume; });
      // Boot volumes are left out silently, the others were told of when they were opened.
      if (opened != opened_.end() && &*opened != &root) mount(*opened, entry.path);
    }
  }

  void mount_by_type(const Opened& root) {
    for (Opened& opened : opened_) {
      const std::string_view place = place_of_type(opened.volume->type);
      if (place.empty() || opened.used || opened.volume->disk != root.volume->disk) continue;
      mount(opened, std::string(place));
    }
  }

  void mount(Opened& opened, const std::string& path) {
    // The tree so far, so that a place may lie in what was mounted before.
    const NodeView view(mounted_);
    const auto place = view.find(path);
    if (!place || !*place) {
      problems_.push_back({opened.volume->name, "there is no directory " + base::printable(path) +
                                                    " to put it at: not scanned"});
      opened.used = true;
      return;
    }
    if ((*place)->path == "/") return;
    mounted_->mount((*place)->node, opened.file_system.nodes);
    opened.used = true;
  }

  void report_unused() {
    for (const Opened& opened : opened_) {
      if (opened.used) continue;
      problems_.push_back(
          {opened.volume->name, opened.rank >= 2
                                    ? "another root file system: not scanned"
                                    : "a file system that is mounted nowhere: not scanned"});
    }
  }

  std::size_t disks_;
  std::string chosen_;
  Problems problems_;
  std::vector<Volume> volumes_;
  std::vector<Opened> opened_;
  std::shared_ptr<Mounted> mounted_;
};

}  // namespace

Result<Machine> open_machine(const std::vector<Disk>& disks, const std::string& root) {
  return Assembly(disks, root).run();
}

}  // namespace vigil::tree::disk
