// What registries tell when an image was pushed.
//
// References: Distribution, "Work with notifications" (an envelope of events); Harbor, "Configure
// Webhook Notifications" (PUSH_ARTIFACT in its own format, and as a CloudEvent of type
// harbor.artifact.pushed); Amazon ECR, "Events and EventBridge" (detail-type "ECR Image Action").
//
// Traps: Distribution tells of blobs too, and of what it pulls itself. Whoever sends a notification
// says what was pushed, never from where to pull it: that is configured.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace vigil::source::registry {

struct PushedImage {
  std::string repository;
  std::string tag;     ///< empty if it has none
  std::string digest;  ///< of the manifest or index

  friend bool operator==(const PushedImage&, const PushedImage&) = default;
};

/// The images of a notification, each once; none if it tells of something else (a pull, a deletion,
/// a blob). Invalid if it is no notification at all, TooLarge for more than 10,000 events.
Result<std::vector<PushedImage>> parse_notification(std::string_view json);

}  // namespace vigil::source::registry
