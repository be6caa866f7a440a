// Which layers of an image belong to the image it was built on. Nothing records it; it is guessed
// from the history.
//
// A Dockerfile's build inherits the history of its FROM, and nearly every base image ends in CMD or
// ENTRYPOINT, which make no layer. So what comes before the last such step that layers follow is the
// base. An image's own CMD stands at the end of its history, after all its layers, and is no border.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "source/target.h"

namespace vigil::source {

/// One step of an image's history.
struct HistoryStep {
  std::string command;  ///< "RUN apt-get install ...", "CMD [\"bash\"]"
  bool empty = false;   ///< it made no layer
};

/// Marks the layers of the base. `name` is the base's, if a label says it; otherwise the base is
/// named by the topmost diff id of its layers: equal for all images built on it.
void guess_base_image(const std::vector<HistoryStep>& history, std::string_view name,
                      ImageFacts& facts);

}  // namespace vigil::source
