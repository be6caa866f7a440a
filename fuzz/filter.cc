// Filters of findings: a filter that is read is written as one that reads the same and matches the
// same; a wrong one names the member that is wrong.
#include <cstdint>
#include <cstdlib>

#include "findings/assessment.h"
#include "findings/testing.h"

namespace {

void require(bool condition) {
  if (!condition) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  namespace findings = vigil::findings;
  namespace testing = vigil::findings::testing;
  vigil::base::JsonParser parser;
  const auto root = parser.parse({reinterpret_cast<const char*>(data), size});
  if (!root) return 0;
  const auto filter = findings::parse_filter(*root);
  if (!filter) {
    require(filter.error().where.starts_with("filterCriteria"));
    return 0;
  }
  require(filter->criteria.size() <= findings::filter_fields().size());
  const std::string text = findings::filter_json(*filter);
  const auto again = findings::parse_filter(text);
  require(again.has_value());
  require(findings::filter_json(*again) == text);

  const findings::FindingState state = {findings::Status::Active, 1000, 2000, 3000};
  for (const auto& [resource, finding] :
       {std::pair{testing::instance(), testing::vulnerable_package()},
        std::pair{testing::instance(), testing::open_port()},
        std::pair{testing::image(), testing::vulnerable_package()},
        std::pair{testing::function(), testing::code_flaw()},
        std::pair{testing::repository(), testing::code_flaw()}}) {
    const auto subject = findings::subject_of(resource, findings::assess(finding, resource), state);
    require(findings::matches(*filter, subject) == findings::matches(*again, subject));
  }
  return 0;
}
