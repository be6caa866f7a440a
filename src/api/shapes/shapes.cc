#include "api/shapes/shapes.h"

namespace vigil::api {

std::vector<NamedShape> named_shapes() {
  std::vector<NamedShape> all;
  for (const auto& some : {common_shapes(), filter_shapes(), aggregation_shapes(),
                           coverage_shapes(), configuration_shapes()}) {
    all.insert(all.end(), some.begin(), some.end());
  }
  return all;
}

}  // namespace vigil::api
