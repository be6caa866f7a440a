// Reads YAML 1.1/1.2 (yaml.org/spec/1.2.2) into trees of Node, with libyaml.
//
// Scalars without quotes are null, truths and numbers by the 1.2 core schema, so that `on` and `no`
// stay texts. Aliases are copies of what they name; the merge key `<<` adds the members that are not
// there. A tag of YAML's own (`!!str`) decides the kind, any other is kept as Node::tag(). A map's
// key that is no scalar is passed over with its value.
//
// Every bound can be reached by a short text (aliases of aliases grow without end), which is an
// error of code TooLarge then.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "base/node.h"
#include "base/result.h"

namespace vigil::base {

struct YamlLimits {
  std::size_t depth = 200;
  std::size_t nodes = 4'000'000;               ///< of all documents
  std::size_t copied = std::size_t{64} << 20;  ///< bytes that aliases and merges copy
};

/// The first document; Null if there is none. The error says the line.
Result<Node> parse_yaml(std::string_view text, const YamlLimits& limits = {});
/// All documents, separated by "---".
Result<std::vector<Node>> parse_yaml_documents(std::string_view text,
                                               const YamlLimits& limits = {});

}  // namespace vigil::base
