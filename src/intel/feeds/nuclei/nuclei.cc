// Nuclei: templates that test a running service for a CVE; a template is a working check and mostly
// a working exploit.
//
// Reference: https://github.com/projectdiscovery/nuclei-templates, cves.json: JSON lines of
// {ID, Info: {Name, Severity, Classification}, file_path}, one per template.
//
// Traps: ID is the CVE in most lines, but not in all; the same CVE may have several templates.
//
// Not handled: Info (severity and score are NVD's), dates (there are none).

#include <string>

#include "base/text.h"
#include "intel/feed.h"
#include "intel/feeds/exploits.h"
#include "intel/feeds/head.h"
#include "intel/feeds/lines.h"
#include "intel/feeds/record.h"

namespace vigil::intel::nuclei {
namespace {

using base::Json;

constexpr Endpoint kEndpoints[] = {
    {"https://raw.githubusercontent.com/projectdiscovery/nuclei-templates/main/cves.json",
     "nuclei-cves.json"},
};

bool recognises(std::string_view head, std::string_view /*name*/) {
  if (!feeds::mentions(head, "\"file_path\"")) return false;
  const auto members = feeds::head_members(head, 8);
  return feeds::head_value(members, "ID").starts_with('"') &&
         feeds::head_value(members, "Info").starts_with('{') &&
         feeds::head_value(members, "file_path").starts_with('"');
}

Result<void> read(base::Input& input, std::string_view /*name*/, Sink& sink) {
  feeds::Exploits exploits("Nuclei");
  constexpr std::size_t kLongestLine = 1U << 20U;
  std::size_t number = 0;
  VIGIL_CHECK(feeds::for_each_line(input, kLongestLine, [&](std::string_view line) -> Result<void> {
    ++number;
    if (base::trim(line).empty()) return ok();
    const Result<Json> entry = feeds::parse_record(line);
    const std::string path = entry ? feeds::text_of((*entry)["file_path"], 256) : "";
    if (path.empty()) {
      sink.problem("line " + std::to_string(number), "not the description of a template");
    } else if (const std::string_view id = (*entry)["ID"].text(); feeds::is_cve(id)) {
      exploits.add(id, path, "");
    }
    return ok();
  }));
  exploits.give(sink);
  return ok();
}

}  // namespace

const Feed& feed() {
  static const Feed kFeed = {
      .name = "nuclei",
      .title = "Nuclei templates",
      .covers = "active checks of CVEs",
      .endpoints = kEndpoints,
      .version = 1,
      .recognises = recognises,
      .read = read,
  };
  return kFeed;
}

}  // namespace vigil::intel::nuclei
