// CVE records in JSON 5.x: what the CVE Program publishes, with the containers of the authority
// that assigned the id (CNA) and of those that add to it (ADP), foremost CISA's "Vulnrichment".
//
// Reference: https://github.com/CVEProject/cve-schema (CVE_Record_Format 5.1), and for the SSVC
// content https://github.com/cisagov/vulnrichment. Published as one file per record inside zip and
// tar archives (cvelistV5, vulnrichment); arrays and JSON lines of records are read too.
//
// Traps:
// - CVSS, CWE and references stand in the CNA's container, in CISA's, or in both and then differ:
//   every vector is kept with whose word it is.
// - The "CVE Program Container" is an ADP that only repeats references.
// - The order of members is not fixed: `containers` may come before `cveMetadata`.
// - A CWE is in `cweId`, or only in the text of the description ("CWE-79 Cross-site ...").
// - `lang` is "en", "en-US", "eng"; other languages stand beside it in any order.
// - REJECTED records keep a container: they are withdrawn, whatever it says.
//
// Not handled: `affected`. It names vendor and product in prose and versions by rules of the
// vendor's own; where it names a package of a registry (collectionURL, packageName), OSV says the
// same in a form that decides a match. Metrics of `other` types but ssvc and kev: texts of a single
// CNA.

#include <string>

#include "base/json_stream.h"
#include "base/text.h"
#include "intel/feed.h"
#include "intel/feeds/head.h"
#include "intel/feeds/lines.h"
#include "intel/feeds/record.h"

namespace vigil::intel::cve5 {
namespace {

using base::Json;
using model::CvssOrigin;

constexpr Endpoint kEndpoints[] = {
    {"https://github.com/cisagov/vulnrichment/archive/refs/heads/develop.tar.gz",
     "cve5-vulnrichment.tar.gz"},
    {"https://github.com/CVEProject/cvelistV5/archive/refs/heads/main.tar.gz",
     "cve5-cvelist.tar.gz"},
};

bool recognises(std::string_view head, std::string_view /*name*/) {
  if (!feeds::mentions(head, "CVE_RECORD") && !feeds::mentions(head, "\"cveMetadata\"") &&
      !feeds::mentions(head, "\"containers\"")) {
    return false;
  }
  const auto members = feeds::head_members(feeds::first_element(head), 8);
  if (feeds::head_value(members, "dataType") == "\"CVE_RECORD\"") return true;
  const std::string_view containers = feeds::head_value(members, "containers");
  const std::string_view metadata = feeds::head_value(members, "cveMetadata");
  const auto parts = feeds::head_members(containers, 4);
  return !feeds::head_value(parts, "cna").empty() || !feeds::head_value(parts, "adp").empty() ||
         (metadata.starts_with('{') && feeds::mentions(metadata, "\"cveId\""));
}

/// "GitHub_M" -> "GITHUB": Inspector's word; the others by their short name in upper case.
std::string source_name(std::string_view short_name) {
  std::string name = base::upper(short_name.substr(0, 64));
  if (name == "GITHUB_M") return "GITHUB";
  if (name == "CISA-ADP") return "CISA_ADP";
  return name.empty() ? "CNA" : name;
}

bool is_english(std::string_view language) {
  return language.empty() || base::lower(language.substr(0, 2)) == "en";
}

class Reader {
 public:
  Reader(Json record, std::string_view id, Sink& sink) : record_(record), sink_(sink) {
    facts_.details.id = id;
  }

  void read() {
    const Json metadata = record_["cveMetadata"];
    const Json containers = record_["containers"];
    model::Vulnerability& details = facts_.details;
    facts_.withdrawn = metadata["state"].text() == "REJECTED";
    details.published = feeds::time_of(metadata["datePublished"]);
    details.modified = feeds::time_of(metadata["dateUpdated"]);
    if (!facts_.withdrawn) {
      read_cna(containers["cna"], metadata);
      for (const Json adp : containers["adp"].items()) read_adp(adp);
    }
    if (details.modified != 0) sink_.dated(details.modified);
    sink_.facts(std::move(facts_));
  }

 private:
  void read_cna(Json cna, Json metadata) {
    model::Vulnerability& details = facts_.details;
    std::string_view short_name = cna["providerMetadata"]["shortName"].text();
    if (short_name.empty()) short_name = metadata["assignerShortName"].text();
    details.source = source_name(short_name);
    details.source_url = "https://www.cve.org/CVERecord?id=" + details.id;
    details.title = feeds::text_of(cna["title"]);
    for (const Json description : cna["descriptions"].items()) {
      if (!is_english(description["lang"].text())) continue;
      details.description = feeds::text_of(description["value"]);
      break;
    }
    read_container(cna, details.source, CvssOrigin::Cna);
  }

  void read_adp(Json adp) {
    const std::string source = source_name(adp["providerMetadata"]["shortName"].text());
    read_container(adp, source, source == "CISA_ADP" ? CvssOrigin::CisaAdp : CvssOrigin::Unknown);
  }

  void read_container(Json container, const std::string& source, CvssOrigin origin) {
    model::Vulnerability& details = facts_.details;
    for (const Json metric : container["metrics"].items()) {
      for (const char* key : {"cvssV4_0", "cvssV3_1", "cvssV3_0", "cvssV2_0"}) {
        const std::string_view vector = metric[key]["vectorString"].text();
        if (!vector.empty()) feeds::add_rating(details, vector, source, origin, sink_);
      }
      read_other(metric["other"], origin);
    }
    for (const Json type : container["problemTypes"].items()) {
      for (const Json description : type["descriptions"].items()) {
        feeds::add_cwe(details.cwes, description["cweId"].text());
        feeds::add_cwe(details.cwes, description["description"].text());
      }
    }
    for (const Json reference : container["references"].items()) {
      feeds::add_reference(details.references, reference["url"].text());
    }
  }

  void read_other(Json other, CvssOrigin origin) {
    const std::string_view type = other["type"].text();
    const Json content = other["content"];
    model::Vulnerability& details = facts_.details;
    if (type == "ssvc") {
      for (const Json option : content["options"].items()) {
        const std::string_view word = option["Exploitation"].text();
        const bool known = word == "none" || word == "poc" || word == "active";
        const bool better = details.ssvc_exploitation.empty() || origin == CvssOrigin::CisaAdp;
        if (known && better) details.ssvc_exploitation = word;
      }
    } else if (type == "kev" && origin == CvssOrigin::CisaAdp) {
      model::KnownExploited known;
      known.date_added = feeds::text_of(content["dateAdded"], 10);
      if (!known.date_added.empty()) details.known_exploited = std::move(known);
    }
  }

  Json record_;
  Sink& sink_;
  Facts facts_;
};

void read_record(Json record, const std::string& position, Sink& sink) {
  const std::string_view id = base::trim(record["cveMetadata"]["cveId"].text());
  if (!feeds::is_cve(id)) {
    sink.problem(position, "a CVE record without a usable cveMetadata.cveId");
    return;
  }
  Reader(record, id, sink).read();
}

/// One of many records: what is no JSON is passed over.
void read_one_of_many(std::string_view text, const std::string& position, Sink& sink) {
  const Result<Json> record = feeds::parse_record(text);
  if (!record) {
    sink.problem(position, record.error().text());
    return;
  }
  read_record(*record, position, sink);
}

/// More than one line that each begin a record.
bool is_json_lines(std::string_view head) {
  std::string_view rest = feeds::skip_blank(head);
  const auto first = base::next_line(rest);
  return first && base::trim(*first).ends_with('}') && first->starts_with('{') &&
         feeds::skip_blank(rest).starts_with('{');
}

Result<void> read(base::Input& input, std::string_view name, Sink& sink) {
  constexpr std::size_t kHead = 64U << 10U;
  VIGIL_TRY(const std::string head, base::read_prefix(input, kHead));
  base::PrependedInput whole(head, input);
  std::size_t number = 0;
  const auto position = [&] { return std::string(name) + " record " + std::to_string(++number); };
  if (feeds::skip_blank(head).starts_with('[')) {
    return base::for_each_json_child(whole, "", {}, [&](std::string_view, std::string_view text) {
      read_one_of_many(text, position(), sink);
      return ok();
    });
  }
  if (is_json_lines(head)) {
    return feeds::for_each_line(whole, feeds::kDocumentLimit, [&](std::string_view line) {
      if (!base::trim(line).empty()) read_one_of_many(line, position(), sink);
      return ok();
    });
  }
  VIGIL_TRY(const Json record, feeds::read_document(whole, name));
  read_record(record, std::string(name), sink);
  return ok();
}

}  // namespace

const Feed& feed() {
  static const Feed kFeed = {
      .name = "cve5",
      .title = "CVE records",
      .covers = "descriptions, CVSS, CWE and SSVC by CNAs and CISA",
      .endpoints = kEndpoints,
      .version = 1,
      .recognises = recognises,
      .read = read,
  };
  return kFeed;
}

}  // namespace vigil::intel::cve5
