#include "intel/feeds/table.h"

#include <algorithm>
#include <span>
#include <vector>

#include "base/csv.h"

namespace vigil::intel::feeds {

Result<void> for_each_row(base::Input& input, const std::function<void(const Row&)>& each) {
  std::vector<std::string> columns;
  std::span<const std::string_view> current;
  const Row::Field field = [&](std::string_view column) -> std::string_view {
    const auto found = std::ranges::find(columns, column);
    const auto index = static_cast<std::size_t>(found - columns.begin());
    return found != columns.end() && index < current.size() ? current[index] : std::string_view();
  };
  const auto visit = [&](std::uint64_t line,
                         std::span<const std::string_view> fields) -> Result<void> {
    if (columns.empty()) {
      columns.assign(fields.begin(), fields.end());
      return ok();
    }
    current = fields;
    each(Row(line, field));
    return ok();
  };
  return base::for_each_csv_row(input, {}, visit);
}

}  // namespace vigil::intel::feeds
