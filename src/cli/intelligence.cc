#include "cli/intelligence.h"

#include <algorithm>
#include <set>

#include "base/text.h"
#include "base/time.h"
#include "cli/paths.h"

namespace vigil::cli {

Result<Intelligence> open_intelligence(const std::string& given) {
  const std::string path = snapshot_path(given);
  auto snapshot = intel::Snapshot::open(path);
  if (!snapshot && snapshot.error().code == ErrorCode::NotFound) {
    return fail("no vulnerability intelligence is loaded", path,
                "load it with `vigil intel update`", ErrorCode::NotFound);
  }
  if (!snapshot) return fail(snapshot.error());
  return Intelligence{std::move(*snapshot), path};
}

std::int64_t newest_data(const intel::Snapshot& snapshot) {
  std::int64_t newest = 0;
  for (const intel::Source& source : snapshot.sources()) {
    for (const intel::FeedCount& feed : source.feeds) newest = std::max(newest, feed.dated);
  }
  return newest;
}

findings::IntelligenceInfo describe_intelligence(const Intelligence& intelligence,
                                                 std::int64_t now) {
  const intel::Snapshot& snapshot = intelligence.snapshot;
  findings::IntelligenceInfo info;
  info.stamp = snapshot.stamp();
  info.newest_data = newest_data(snapshot);
  std::set<std::string> origins;
  for (const intel::Source& source : snapshot.sources()) origins.insert(source.origin);
  info.described = base::join({origins.begin(), origins.end()}, ", ");
  if (info.newest_data != 0) {
    info.described += ", newest data of " + base::format_date(info.newest_data) + " (" +
                      base::format_duration(now - info.newest_data) + " old)";
  }
  info.described += ", loaded " + base::format_duration(now - snapshot.created()) + " ago";
  return info;
}

}  // namespace vigil::cli
