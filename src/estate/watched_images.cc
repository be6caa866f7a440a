#include "estate/watched_images.h"

#include "base/text.h"

namespace vigil::estate {

std::set<std::string> WatchedImages::digests(const std::string& repository) const {
  std::set<std::string> out;
  const auto found = repositories_.find(repository);
  if (found == repositories_.end()) return out;
  for (const auto& [digest, image] : found->second) out.insert(digest);
  return out;
}

void WatchedImages::forget(const std::string& repository, const std::string& digest) {
  const auto found = repositories_.find(repository);
  if (found == repositories_.end()) return;
  found->second.erase(digest);
  if (found->second.empty()) repositories_.erase(found);
}

bool WatchedImages::leads_to(std::string_view resource) const {
  for (const auto& [name, repository] : repositories_) {
    for (const auto& [digest, image] : repository) {
      if (image.resource == resource) return true;
    }
  }
  return false;
}

std::string WatchedImages::text() const {
  std::string out;
  for (const auto& [name, repository] : repositories_) {
    for (const auto& [digest, image] : repository) {
      if (image.resource.empty()) continue;
      out.append(name).append(" ").append(digest).append(" ").append(image.resource).append("\n");
    }
  }
  return out;
}

WatchedImages WatchedImages::parse(std::string_view text) {
  WatchedImages out;
  while (const auto line = base::next_line(text)) {
    const auto words = base::words(*line);
    if (words.size() != 3) continue;
    out.at(std::string(words[0]), std::string(words[1])).resource = words[2];
  }
  return out;
}

}  // namespace vigil::estate
