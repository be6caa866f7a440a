#include "inventory/catalogers/dpkg/control.h"

#include "base/text.h"

namespace vigil::inventory::dpkg {

std::string_view Stanza::get(std::string_view name) const {
  for (auto field = fields.rbegin(); field != fields.rend(); ++field) {
    if (base::equals_ignoring_case(field->name, name)) return field->value;
  }
  return {};
}

std::optional<Stanza> ControlReader::next() {
  Stanza stanza;
  while (const auto line = base::next_line(rest_)) {
    ++line_;
    if (line->empty()) {
      if (stanza.line != 0) break;
      continue;
    }
    if (line->front() == '#') continue;
    if (stanza.line == 0) stanza.line = line_;
    if (line->front() == ' ' || line->front() == '\t') {
      if (stanza.fields.empty()) {
        if (stanza.malformed.empty()) stanza.malformed = *line;
        continue;
      }
      std::string_view& value = stanza.fields.back().value;
      const char* end = line->data() + line->size();
      value = {value.data(), static_cast<std::size_t>(end - value.data())};
      continue;
    }
    const std::size_t colon = line->find(':');
    if (colon == std::string_view::npos || colon == 0) {
      if (stanza.malformed.empty()) stanza.malformed = *line;
      continue;
    }
    // An empty value still points behind its colon, where its further lines begin.
    std::string_view value = line->substr(colon + 1);
    while (!value.empty() && base::is_space(value.front())) value.remove_prefix(1);
    stanza.fields.push_back({line->substr(0, colon), value});
  }
  if (stanza.line == 0) return std::nullopt;
  for (Field& field : stanza.fields) {
    field.name = base::trim(field.name);
    while (!field.value.empty() && base::is_space(field.value.back())) field.value.remove_suffix(1);
  }
  return stanza;
}

}  // namespace vigil::inventory::dpkg
