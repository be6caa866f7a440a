#include "intel/ingest.h"

#include "base/archive.h"
#include "base/hash.h"
#include "base/text.h"
#include "intel/feed.h"
#include "intel/segment.h"

namespace vigil::intel {
namespace {

constexpr std::size_t kHeadBytes = 64 * 1024;
/// Raised when what a segment holds for the same statements changes.
constexpr std::uint32_t kSegmentVersion = 2;

const Feed* recognise(std::string_view head, std::string_view name) {
  for (const Feed* feed : all_feeds()) {
    if (feed->recognises(head, name)) return feed;
  }
  return nullptr;
}

std::string readers_fingerprint() {
  std::string readers = std::to_string(kSegmentVersion);
  for (const Feed* feed : all_feeds()) {
    readers += " ";
    readers += feed->name;
    readers += ":" + std::to_string(feed->version) + ":" + std::to_string(feed->authority);
  }
  return base::hex(base::xxh3_128(readers)).substr(0, 16);
}

}  // namespace

Result<std::string> identity_of_file(const std::string& path) {
  VIGIL_TRY(const base::Hash128 content, base::xxh3_128_of_file(path));
  return base::hex(content) + "-" + readers_fingerprint();
}

Result<std::string> read_into_segment(const std::string& path, const std::string& identity) {
  SegmentWriter writer(identity);
  std::size_t documents = 0;
  std::size_t broken = 0;
  Error first_error;
  const auto visit = [&](base::ArchiveEntry& entry) -> Result<void> {
    VIGIL_TRY(const std::string head, base::read_prefix(entry.content, kHeadBytes));
    const Feed* feed = recognise(head, entry.name);
    if (feed == nullptr) return ok();
    ++documents;
    writer.begin_document(*feed);
    base::PrependedInput whole(head, entry.content);
    const auto read = feed->read(whole, entry.name, writer);
    if (read) return ok();
    if (broken == 0) {
      first_error = read.error();
      std::string& where = first_error.where;
      if (where.find(entry.name) == std::string::npos) {
        where = where.empty() ? entry.name : entry.name + ", " + where;
      }
    }
    ++broken;
    writer.problem(entry.name, read.error().text());
    return ok();
  };
  VIGIL_CHECK(base::for_each_entry(path, base::ArchiveLimits{}, visit));
  // One bad document among thousands is an accident; half of them is a bad file.
  if (broken != 0 && broken * 2 >= documents) return fail(std::move(first_error));
  return writer.take();
}

}  // namespace vigil::intel
