// Metasploit: modules of the exploitation framework, each with the CVEs it uses.
//
// Reference: https://github.com/rapid7/metasploit-framework, db/modules_metadata_base.json: one
// object, module key -> {fullname, type, references: ["CVE-..."], disclosure_date, ...}, 10 MB,
// streamed. Read too: the documents of https://github.com/vulsio/msfdb-list, an array of
// {Name, Title, CveIDs, References} per CVE, which drop the date and keep the module's path only as
// a reference to its source.
//
// Traps:
// - Only exploit, auxiliary and post modules use a vulnerability; payloads and encoders refer to
// CVEs
//   too, for where they were seen.
// - The same module is named alike in both forms: "exploit/unix/http/...", so that it counts once.
// - disclosure_date is the flaw's, the earliest date an exploit may have been seen; often null.
//
// Not handled: `rank`, which says how reliable a module is.

#include <string>

#include "base/json_stream.h"
#include "base/text.h"
#include "intel/feed.h"
#include "intel/feeds/exploits.h"
#include "intel/feeds/head.h"
#include "intel/feeds/record.h"

namespace vigil::intel::metasploit {
namespace {

using base::Json;

constexpr Endpoint kEndpoints[] = {
    {"https://raw.githubusercontent.com/rapid7/metasploit-framework/master/db/"
     "modules_metadata_base.json",
     "modules_metadata_base.json"},
};

bool is_list(std::string_view head) {
  return feeds::skip_blank(head).starts_with('[');
}

bool recognises(std::string_view head, std::string_view /*name*/) {
  if (is_list(head)) {
    if (!feeds::mentions(head, "\"CveIDs\"")) return false;
    const auto members = feeds::head_members(feeds::first_element(head), 16);
    return feeds::head_value(members, "CveIDs").starts_with('[') &&
           feeds::head_value(members, "Name").starts_with('"');
  }
  if (!feeds::mentions(head, "\"ref_name\"") && !feeds::mentions(head, "\"fullname\""))
    return false;
  const auto modules = feeds::head_members(head, 1);
  if (modules.empty()) return false;
  const auto members = feeds::head_members(modules[0].value, 32);
  return feeds::head_value(members, "fullname").starts_with('"') &&
         !feeds::head_value(members, "references").empty();
}

bool uses_vulnerabilities(std::string_view type) {
  return type == "exploit" || type == "auxiliary" || type == "post";
}

void read_module(Json module, feeds::Exploits& exploits) {
  const std::string_view name = module["fullname"].text();
  if (name.empty() || name.size() > 256 || !uses_vulnerabilities(module["type"].text())) return;
  for (const Json reference : module["references"].items()) {
    if (feeds::is_cve(reference.text())) {
      exploits.add(reference.text(), name, module["disclosure_date"].text());
    }
  }
}

/// ".../blob/master/modules/exploits/unix/http/x.rb" -> "exploit/unix/http/x".
std::string name_in_source(std::string_view url) {
  constexpr std::string_view kModules = "/modules/";
  const std::size_t at = url.rfind(kModules);
  if (at == std::string_view::npos) return {};
  std::string_view path = url.substr(at + kModules.size());
  for (const std::string_view suffix : {".rb", ".py", ".go"}) {
    if (path.ends_with(suffix)) path.remove_suffix(suffix.size());
  }
  constexpr std::string_view kExploits = "exploits/";
  if (path.starts_with(kExploits)) return "exploit/" + std::string(path.substr(kExploits.size()));
  return std::string(path);
}

void read_listed(Json entry, feeds::Exploits& exploits) {
  std::string name;
  for (const Json reference : entry["References"].items()) {
    const std::string_view url = reference.text();
    if (url.find("metasploit-framework") != std::string_view::npos) name = name_in_source(url);
  }
  if (name.empty()) name = feeds::text_of(entry["Name"], 256);
  if (name.empty() || name.size() > 256) return;
  for (const Json cve : entry["CveIDs"].items()) {
    if (feeds::is_cve(cve.text())) exploits.add(cve.text(), name, "");
  }
}

Result<void> read(base::Input& input, std::string_view name, Sink& sink) {
  VIGIL_TRY(const std::string head, base::read_prefix(input, 1024));
  base::PrependedInput whole(head, input);
  const bool listed = is_list(head);
  feeds::Exploits exploits("Metasploit");
  const auto each = [&](std::string_view key, std::string_view text) -> Result<void> {
    const Result<Json> module = feeds::parse_record(text);
    if (!module || !module->is_object()) {
      sink.problem(std::string(name) + " " + base::printable(key.substr(0, 256)),
                   "not the description of a module");
    } else if (listed) {
      read_listed(*module, exploits);
    } else {
      read_module(*module, exploits);
    }
    return ok();
  };
  VIGIL_CHECK(base::for_each_json_child(whole, "", {}, each));
  exploits.give(sink);
  return ok();
}

}  // namespace

const Feed& feed() {
  static const Feed kFeed = {
      .name = "metasploit",
      .title = "Metasploit modules",
      .covers = "exploit modules of CVEs",
      .endpoints = kEndpoints,
      .version = 1,
      .recognises = recognises,
      .read = read,
  };
  return kFeed;
}

}  // namespace vigil::intel::metasploit
