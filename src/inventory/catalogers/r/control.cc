#include "inventory/catalogers/r/control.h"

#include "base/text.h"

namespace vigil::inventory::r {

std::string_view Record::operator[](std::string_view field) const {
  const auto found = fields.find(field);
  return found == fields.end() ? std::string_view{} : std::string_view(found->second);
}

std::vector<Record> parse_control(std::string_view text) {
  constexpr std::size_t kMaximumValue = 64 * 1024;
  std::vector<Record> out;
  Record record;
  std::string* value = nullptr;
  std::uint32_t number = 0;
  const auto finish = [&] {
    if (!record.fields.empty()) out.push_back(std::move(record));
    record = {};
    value = nullptr;
  };
  while (const auto line = base::next_line(text)) {
    ++number;
    const std::string_view trimmed = base::trim(*line);
    if (trimmed.empty()) {
      finish();
    } else if (base::is_space(line->front())) {
      if (value != nullptr && value->size() + trimmed.size() < kMaximumValue) {
        *value += ' ';
        *value += trimmed;
      }
    } else if (const std::size_t colon = line->find(':'); colon != std::string_view::npos) {
      if (record.fields.empty()) record.line = number;
      value = &record.fields[std::string(line->substr(0, colon))];
      *value = base::trim(line->substr(colon + 1)).substr(0, kMaximumValue);
    } else {
      value = nullptr;
    }
  }
  finish();
  return out;
}

std::vector<std::string_view> required_names(std::string_view list) {
  std::vector<std::string_view> out;
  for (const std::string_view part : base::split(list, ',')) {
    const std::string_view name = base::trim(part.substr(0, part.find('(')));
    if (!name.empty() && name != "R") out.push_back(name);
  }
  return out;
}

}  // namespace vigil::inventory::r
