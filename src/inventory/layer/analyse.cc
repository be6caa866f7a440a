#include <algorithm>
#include <functional>
#include <map>
#include <optional>
#include <unordered_map>
#include <unordered_set>
#include <utility>

#include "base/json_tree.h"
#include "inventory/layer/interest.h"
#include "inventory/layer/layer.h"
#include "inventory/layer/one_file.h"
#include "inventory/piece_readers.h"
#include "inventory/program.h"
#include "tree/tar.h"

namespace vigil::inventory {
namespace {

using tree::TarEntry;
using tree::TarKind;

/// Enough for is_program.
constexpr std::size_t kHeadOfProgram = 16;
/// A larger buffer is given back after use.
constexpr std::size_t kBufferKept = std::size_t{8} << 20;
constexpr std::size_t kMostHardLinks = 100'000;

/// What is known of one path. The last entry of a name counts.
struct Record {
  std::optional<KeptFile> kept;
  std::optional<CatalogedFile> cataloged;
  std::optional<std::string> link;
};

class Analysis {
 public:
  explicit Analysis(const LayerOptions& options)
      : options_(options),
        limits_(options.limits),
        interest_(options.catalogers.empty() ? all_catalogers() : options.catalogers) {
    for (const AlsoLook& look : options.also) also_[look.path].push_back(look);
  }

  Result<Layer> run(base::Input& blob) {
    tree::Decompressed content(blob, {limits_.decompress, options_.background});
    tree::TarReader tar(content);
    VIGIL_CHECK(take_all(tar));
    VIGIL_TRY(layer_.blob, content.finish());
    settle();
    return std::move(layer_);
  }

  Result<Layer> run(tree::EntryStream& entries) {
    VIGIL_CHECK(take_all(entries));
    settle();
    return std::move(layer_);
  }

 private:
  Result<void> take_all(tree::EntryStream& entries) {
    for (;;) {
      Result<bool> taken = take_next(entries);
      if (taken && !*taken) return ok();
      if (taken) continue;
      if (!entries.survives_errors()) return fail(std::move(taken.error()));
      problem(std::move(taken.error().where), std::move(taken.error().what));
    }
  }

  /// False at the end.
  Result<bool> take_next(tree::EntryStream& entries) {
    VIGIL_TRY(const TarEntry* entry, entries.next());
    if (entry == nullptr) return false;
    ++layer_.entries;
    VIGIL_CHECK(take(*entry, entries));
    return true;
  }

  void problem(std::string where, std::string why) {
    if (layer_.problems.size() < limits_.problems) {
      layer_.problems.push_back({std::move(where), std::move(why)});
    } else {
      ++further_problems_;
    }
  }

  /// Something was left out: said once, however often it happens.
  void cut(bool& said, const char* why) {
    if (!std::exchange(said, true)) problem("", why);
  }

  Result<void> take(const TarEntry& entry, tree::EntryStream& tar) {
    if (entry.kind == TarKind::Invalid) {
      problem(entry.path, "a name that cannot be unpacked: too long, or with a zero byte");
      return ok();
    }
    if (is_whiteout(entry)) return ok();
    const std::uint64_t hash = NameSet::hash(entry.path);
    layer_.names.add(hash, entry.kind == TarKind::Directory, limits_.names);
    if (entry.kind == TarKind::HardLink && was_seen_as(entry)) return ok();
    if (recorded_.contains(hash)) replace(entry);
    switch (entry.kind) {
      case TarKind::File:
        return file(entry, tar);
      case TarKind::SymbolicLink:
        symbolic_link(entry);
        break;
      case TarKind::HardLink:
        hard_link(entry);
        break;
      default:
        break;
    }
    return ok();
  }

  bool is_whiteout(const TarEntry& entry) {
    constexpr std::string_view kMark = ".wh.";
    const std::size_t slash = entry.path.rfind('/');
    const std::string_view name = std::string_view(entry.path).substr(slash + 1);
    if (!name.starts_with(kMark)) return false;
    const std::string_view folder = std::string_view(entry.path).substr(0, slash);
    const std::string_view hidden = name.substr(kMark.size());
    if (layer_.whiteouts.size() + layer_.opaque.size() >= limits_.whiteouts) {
      cut(whiteouts_cut_, "too many whiteouts: the rest hides nothing");
    } else if (name == ".wh..wh..opq") {
      layer_.opaque.emplace_back(folder.empty() ? "/" : folder);
    } else if (hidden.starts_with(kMark)) {
      // AUFS keeps its own things under such names (".wh..wh.plnk").
    } else if (hidden.empty() || hidden == "." || hidden == "..") {
      problem(entry.path, "a whiteout of nothing");
    } else {
      layer_.whiteouts.push_back(std::string(folder) + "/" + std::string(hidden));
    }
    return true;
  }

  /// An entry of a name that was there before, or of a directory with something recorded in it.
  void replace(const TarEntry& entry) {
    if (const auto found = records_.find(entry.path); found != records_.end()) {
      if (found->second.kept) kept_bytes_ -= found->second.kept->content.size();
      records_.erase(found);
    }
    if (entry.kind == TarKind::Directory) return;
    const std::string prefix = entry.path + "/";
    auto below = records_.lower_bound(prefix);
    while (below != records_.end() && below->first.starts_with(prefix)) {
      if (below->second.kept) kept_bytes_ -= below->second.kept->content.size();
      below = records_.erase(below);
    }
  }

  Record& record(const std::string& path) {
    const auto [found, is_new] = records_.try_emplace(path);
    if (is_new) {
      for (std::string_view name = path; !name.empty(); name = name.substr(0, name.rfind('/'))) {
        if (!recorded_.insert(NameSet::hash(name)).second && name.size() != path.size()) break;
      }
    }
    return found->second;
  }

  Result<void> file(const TarEntry& entry, tree::EntryStream& tar) {
    const auto others = also_.empty() ? also_.end() : also_.find(entry.path);
    if (others == also_.end()) {
      interest_.look(entry.path, entry.mode, wanted_);
      return wanted_.any() ? read(entry, wanted_, {}, tar) : ok();
    }
    interest_.look(entry.path, entry.mode, wanted_);
    const Wanted by_name = wanted_;
    std::uint64_t limit = 0;
    for (const AlsoLook& look : others->second) {
      interest_.look(look.name, entry.mode, wanted_);
      limit = std::max({limit, limit_of(wanted_.now), wanted_.keep_limit});
      limit = std::max(limit, limit_of(wanted_.if_program));
    }
    return read(entry, by_name, {&others->second, limit}, tar);
  }

  struct HardLink {
    LayerLink link;
    bool looked_at_if_here;
  };

  /// What a file is called, and under what it is recorded.
  struct Place {
    std::string name;
    std::string as;
  };

  struct Others {
    const std::vector<AlsoLook>* names = nullptr;
    std::uint64_t limit = 0;
  };

  static std::uint64_t limit_of(std::span<const Cataloger* const> catalogers) {
    std::uint64_t limit = 0;
    for (const Cataloger* cataloger : catalogers) limit = std::max(limit, cataloger->limit);
    return limit;
  }

  Result<void> read(const TarEntry& entry, const Wanted& wanted, Others others,
                    tree::EntryStream& tar) {
    const std::string path = entry.path;
    const std::uint64_t size = entry.size;
    const std::uint32_t mode = entry.mode;
    buffer_.clear();
    const auto fill = [&](std::uint64_t upto) -> Result<void> {
      while (buffer_.size() < upto) {
        VIGIL_TRY(const std::string_view piece, tar.piece());
        if (piece.empty()) return ok();
        buffer_ += piece;
      }
      return ok();
    };
    const bool may_be_program = wanted.program || others.names != nullptr;
    bool program = false;
    if (may_be_program) {
      VIGIL_CHECK(fill(kHeadOfProgram));
      program = is_program(buffer_);
      if (!program && wanted.now.empty() && !wanted.keep && others.names == nullptr) return ok();
    }
    std::uint64_t limit = others.limit;
    const auto consider = [&](const Wanted& of, std::vector<const Cataloger*>& now, bool& keep,
                              std::uint64_t& keep_limit) {
      now = of.now;
      keep = of.keep;
      keep_limit = of.keep_limit;
      if (of.program && program) {
        for (const Cataloger* cataloger : of.if_program) {
          if (cataloger->needs == Needs::File) {
            const bool known = std::find(now.begin(), now.end(), cataloger) != now.end();
            if (!known) now.push_back(cataloger);
          } else {
            keep = true;
            keep_limit = std::max(keep_limit, cataloger->limit);
          }
        }
      }
      limit = std::max({limit, limit_of(now), keep_limit});
    };
    std::vector<const Cataloger*> now;
    bool keep = false;
    std::uint64_t keep_limit = 0;
    consider(wanted, now, keep, keep_limit);
    if (size <= limit && !keep && others.names == nullptr && PieceReaders::serve(now)) {
      return catalog_pieces(path, mode, now, tar);
    }
    if (size <= limit) {
      // At once: growing by copying would need twice as much. Memory that a lying header asks for is
      // never touched.
      buffer_.reserve(size + base::JsonParser::kPadding);
      VIGIL_CHECK(fill(size));
    } else {
      buffer_.clear();
    }
    const bool whole = buffer_.size() == size;
    use({path, path}, mode, size, whole, now, keep, keep_limit);
    if (others.names != nullptr) {
      for (const AlsoLook& look : *others.names) {
        interest_.look(look.name, mode, wanted_);
        consider(wanted_, now, keep, keep_limit);
        use({look.name, look.as}, mode, size, whole, now, keep, keep_limit);
      }
    }
    if (buffer_.capacity() > kBufferKept) std::string().swap(buffer_);
    return ok();
  }

  /// The first of the bytes are in the buffer.
  Result<void> catalog_pieces(const std::string& path, std::uint32_t mode,
                              const std::vector<const Cataloger*>& catalogers,
                              tree::EntryStream& tar) {
    if (options_.now_reading) options_.now_reading(path);
    PieceReaders readers(catalogers, path);
    readers.take(buffer_);
    for (;;) {
      VIGIL_TRY(const std::string_view piece, tar.piece());
      if (piece.empty()) break;
      readers.take(piece);
    }
    CatalogedFile out;
    out.path = path;
    const OneFile view(path, {}, mode);
    const OperatingSystem unknown;
    Context context{view, unknown, out.packages, out.problems};
    readers.finish(context);
    if (!out.packages.empty() || !out.problems.empty()) record(path).cataloged = std::move(out);
    return ok();
  }

  /// The bytes are in the buffer if `whole`.
  void use(const Place& place, std::uint32_t mode, std::uint64_t size, bool whole,
           const std::vector<const Cataloger*>& now, bool keep, std::uint64_t keep_limit) {
    if (keep) keep_file(place.as, mode, size, whole && size <= keep_limit);
    if (!now.empty()) catalog(place, mode, size, whole, now);
  }

  void keep_file(const std::string& path, std::uint32_t mode, std::uint64_t size, bool whole) {
    if (kept_files_ >= limits_.kept_files || (whole && kept_bytes_ + size > limits_.kept_bytes)) {
      cut(kept_cut_, "the layer has too many files that must be seen together: not all were kept");
      whole = false;
      if (kept_files_ >= limits_.kept_files) return;
    }
    ++kept_files_;
    Record& here = record(path);
    here.kept = KeptFile{path, mode, size, whole, {}};
    if (whole) {
      here.kept->content = buffer_;
      kept_bytes_ += size;
    }
  }

  void catalog(const Place& place, std::uint32_t mode, std::uint64_t size, bool whole,
               const std::vector<const Cataloger*>& catalogers) {
    const std::string& path = place.name;
    if (options_.now_reading) options_.now_reading(path);
    CatalogedFile out;
    out.path = place.as;
    const auto too_large = [&](std::uint64_t limit) {
      out.problems.push_back({path, "the file is larger than " + std::to_string(limit) + " bytes"});
    };
    if (!whole) {
      too_large(limit_of(catalogers));
    } else {
      buffer_.append(base::JsonParser::kPadding, '\0');
      const std::string_view content = std::string_view(buffer_).substr(0, size);
      const File file{path, content};
      const OneFile view(path, content, mode);
      static const OperatingSystem kUnknown;
      Context context{view, kUnknown, out.packages, out.problems};
      for (const Cataloger* cataloger : catalogers) {
        if (size <= cataloger->limit) {
          cataloger->catalog(file, context);
        } else {
          too_large(cataloger->limit);
        }
      }
      buffer_.resize(size);
    }
    if (out.packages.empty() && out.problems.empty()) return;
    record(place.as).cataloged = std::move(out);
  }

  void symbolic_link(const TarEntry& entry) {
    const std::size_t cost = entry.path.size() + entry.link.size();
    const bool on_the_way = interest_.leads_to_fixed_place(entry.path);
    if (!on_the_way && link_bytes_ + cost > limits_.link_bytes) {
      cut(links_cut_, "the layer has too many symbolic links: not all were kept");
      return;
    }
    link_bytes_ += on_the_way ? 0 : cost;
    record(entry.path).link = entry.link;
  }

  /// The other name of a file of this layer mostly; of a lower one perhaps.
  void hard_link(const TarEntry& entry) {
    interest_.look(entry.path, entry.mode, wanted_);
    if (!wanted_.any()) return;
    const Wanted here = wanted_;
    interest_.look(entry.link, entry.mode, wanted_);
    // Were the bytes looked at for all the reasons there are now?
    const auto in = [](const std::vector<const Cataloger*>& those, const Cataloger* one) {
      return std::find(those.begin(), those.end(), one) != those.end();
    };
    const bool covered =
        std::all_of(here.if_program.begin(), here.if_program.end(),
                    [&](const Cataloger* one) { return in(wanted_.if_program, one); }) &&
        std::all_of(here.now.begin(), here.now.end(),
                    [&](const Cataloger* one) { return in(wanted_.now, one); });
    const auto target = records_.find(entry.link);
    if (target == records_.end()) {
      hard_link_later(entry, covered && !here.keep);
      return;
    }
    const Record& from = target->second;
    bool done = covered;
    if (from.kept && from.kept->whole && !covered) {
      // At hand although it was wanted for something else.
      buffer_ = from.kept->content;
      const std::uint32_t mode = from.kept->mode;
      if (here.keep) keep_file(entry.path, mode, buffer_.size(), true);
      if (!here.now.empty())
        catalog({entry.path, entry.path}, mode, buffer_.size(), true, here.now);
      done = !here.program;
    } else if (here.keep) {
      done = done && from.kept.has_value();
      if (from.kept) {
        buffer_ = from.kept->content;
        keep_file(entry.path, from.kept->mode, from.kept->size, from.kept->whole);
      }
    }
    if (covered && from.cataloged) {
      CatalogedFile copy = *from.cataloged;
      rename(copy, entry.path);
      record(entry.path).cataloged = std::move(copy);
    }
    if (!done) hard_link_later(entry, false);
  }

  /// Was the other name looked at for this one, on a second look?
  [[nodiscard]] bool was_seen_as(const TarEntry& entry) const {
    const auto looks = also_.find(entry.link);
    return looks != also_.end() &&
           std::any_of(looks->second.begin(), looks->second.end(),
                       [&](const AlsoLook& look) { return look.as == entry.path; });
  }

  /// If it turns out that this layer has the other name, and that it was looked at, nothing is to do.
  void hard_link_later(const TarEntry& entry, bool looked_at_if_here) {
    if (hard_links_.size() >= kMostHardLinks) {
      cut(hard_links_cut_, "the layer has too many hard links: not all were followed");
      return;
    }
    hard_links_.push_back({{entry.path, entry.link}, looked_at_if_here});
  }

  static void rename(CatalogedFile& file, const std::string& path) {
    for (model::Package& package : file.packages) {
      for (model::Location& location : package.locations) {
        if (location.path == file.path) location.path = path;
      }
    }
    for (Problem& problem : file.problems) {
      if (problem.where == file.path) problem.where = path;
    }
    file.path = path;
  }

  void settle() {
    layer_.names.settle();
    for (HardLink& each : hard_links_) {
      if (each.looked_at_if_here && layer_.names.contains_file(NameSet::hash(each.link.target)))
        continue;
      layer_.hard_links.push_back(std::move(each.link));
    }
    for (auto& [path, record] : records_) {
      if (record.kept) layer_.files.push_back(std::move(*record.kept));
      if (record.cataloged) layer_.cataloged.push_back(std::move(*record.cataloged));
      if (record.link) layer_.links.push_back({path, std::move(*record.link)});
    }
    const auto tidy = [](std::vector<std::string>& paths) {
      std::sort(paths.begin(), paths.end());
      paths.erase(std::unique(paths.begin(), paths.end()), paths.end());
    };
    tidy(layer_.whiteouts);
    tidy(layer_.opaque);
    if (further_problems_ != 0) {
      layer_.problems.push_back({"", std::to_string(further_problems_) + " further problems"});
    }
  }

  const LayerOptions& options_;
  const LayerLimits& limits_;
  Interest interest_;
  Layer layer_;
  std::map<std::string, Record, std::less<>> records_;
  std::unordered_set<std::uint64_t>
      recorded_;  ///< paths of records_ and the directories above them
  std::unordered_map<std::string, std::vector<AlsoLook>> also_;
  std::vector<HardLink> hard_links_;
  Wanted wanted_;
  std::string buffer_;
  std::uint64_t kept_bytes_ = 0;
  std::size_t kept_files_ = 0;
  std::uint64_t link_bytes_ = 0;
  std::uint64_t further_problems_ = 0;
  bool kept_cut_ = false;
  bool links_cut_ = false;
  bool whiteouts_cut_ = false;
  bool hard_links_cut_ = false;
};

}  // namespace

Result<Layer> analyse_layer(base::Input& blob, const LayerOptions& options) {
  return Analysis(options).run(blob);
}

Result<Layer> analyse_unpacked_layer(tree::EntryStream& entries, const LayerOptions& options) {
  return Analysis(options).run(entries);
}

}  // namespace vigil::inventory
