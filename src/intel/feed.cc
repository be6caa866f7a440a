#include "intel/feed.h"

namespace vigil::intel {

const Feed* find_feed(std::string_view name) {
  for (const Feed* feed : all_feeds()) {
    if (feed->name == name) return feed;
  }
  return nullptr;
}

}  // namespace vigil::intel
