// The events of an OSV range, evaluated into intervals.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "intel/feed.h"
#include "version/scheme.h"

namespace vigil::intel::osv {

struct Event {
  enum class Kind { Introduced, Fixed, LastAffected, Limit };
  Kind kind = Kind::Introduced;
  std::string_view version;
};

struct Intervals {
  std::vector<Range> ranges;
  bool has_fix = false;     ///< some event is a fix
  std::string bad_version;  ///< first version without a key; then the document's order was used
};

/// The intervals in which the events make a version affected, after the evaluation of the schema
/// (https://ossf.github.io/osv-schema/#evaluation): the events in the order of their versions,
/// those of one version in the order of the document. `scheme` may be null: the document's order.
Intervals evaluate(const std::vector<Event>& events, const version::Scheme* scheme);

/// Those of `versions` that none of `ranges` holds. A version without a key is kept.
std::vector<std::string> outside(const std::vector<std::string_view>& versions,
                                 const std::vector<Range>& ranges, const version::Scheme* scheme);

}  // namespace vigil::intel::osv
