#include "source/image/base_image.h"

#include <algorithm>

#include "base/text.h"

namespace vigil::source {
namespace {

bool ends_an_image(const HistoryStep& step) {
  return step.empty && (step.command.starts_with("CMD") || step.command.starts_with("ENTRYPOINT"));
}

}  // namespace

void guess_base_image(const std::vector<HistoryStep>& history, std::string_view name,
                      ImageFacts& facts) {
  std::size_t made = 0;
  std::size_t base = 0;  // layers below the last border
  bool after_border = false;
  std::size_t border = 0;
  for (const HistoryStep& step : history) {
    if (ends_an_image(step)) {
      border = made;
      after_border = true;
    } else if (!step.empty) {
      if (after_border) base = border;
      after_border = false;
      ++made;
    }
  }
  if (made != facts.layers.size() || base == 0) return;
  for (std::size_t i = 0; i < base; ++i) facts.layers[i].base = true;
  facts.base_image = name.empty() ? facts.layers[base - 1].diff_id : base::printable(name);
}

}  // namespace vigil::source
