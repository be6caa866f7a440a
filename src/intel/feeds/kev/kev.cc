// KEV: CISA's catalogue of vulnerabilities that are known to be exploited, with the date by which
// US agencies have to act.
//
// Reference: https://www.cisa.gov/known-exploited-vulnerabilities-catalog and its JSON schema
// (known_exploited_vulnerabilities_schema.json). One JSON object whose `vulnerabilities` is the
// list; the same as CSV with the members' names as columns.
//
// Traps:
// - The CSV carries no date of the catalogue: the newest `dateAdded` stands for it.
// - knownRansomwareCampaignUse is "Known" or "Unknown", and absent in catalogues before 2023-10.
// - `cwes` is an array in JSON, a text with commas in CSV, and absent before 2024.
// - `notes` is prose with links between blanks and semicolons: they become references.
//
// Not handled: catalogues of others (EU KEV, VulnCheck), which are feeds of their own.

#include <algorithm>
#include <optional>
#include <string>

#include "base/json_stream.h"
#include "base/text.h"
#include "base/time.h"
#include "intel/feed.h"
#include "intel/feeds/head.h"
#include "intel/feeds/record.h"
#include "intel/feeds/table.h"

namespace vigil::intel::kev {
namespace {

using base::Json;

constexpr Endpoint kEndpoints[] = {
    {"https://www.cisa.gov/sites/default/files/feeds/known_exploited_vulnerabilities.json",
     "known_exploited_vulnerabilities.json"},
};

bool recognises(std::string_view head, std::string_view /*name*/) {
  const std::string_view text = feeds::skip_blank(head);
  if (text.starts_with("cveID,vendorProject,")) return true;
  if (!text.starts_with('{') || !feeds::mentions(head, "\"catalogVersion\"")) return false;
  const auto members = feeds::head_members(head, 16);
  return feeds::head_value(members, "catalogVersion").starts_with('"') &&
         feeds::head_value(members, "vulnerabilities").starts_with('[');
}

/// A date of the catalogue as it is, or nothing.
std::string date_of(std::string_view text) {
  text = base::trim(text);
  return text.size() == 10 && base::parse_time(text) ? std::string(text) : std::string();
}

/// The members of an entry, whichever form it came in.
struct Entry {
  std::string_view id, name, description, added, due, action, ransomware, notes;
};

Facts facts_of(const Entry& entry, std::string added) {
  Facts facts;
  model::Vulnerability& details = facts.details;
  details.id = entry.id;
  details.title = entry.name;
  details.description = entry.description;
  details.source = "CISA_KEV";
  details.source_url =
      "https://www.cisa.gov/known-exploited-vulnerabilities-catalog?search_api_fulltext=" +
      details.id;
  details.known_exploited = model::KnownExploited{
      .date_added = std::move(added),
      .due_date = date_of(entry.due),
      .required_action = std::string(entry.action),
      .ransomware = base::equals_ignoring_case(base::trim(entry.ransomware), "known"),
  };
  for (std::string_view word : base::words(entry.notes)) {
    while (word.ends_with(';') || word.ends_with(',')) word.remove_suffix(1);
    feeds::add_reference(details.references, word);
  }
  return facts;
}

class Reader {
 public:
  explicit Reader(Sink& sink) : sink_(sink) {}

  /// Nothing if the entry cannot be read.
  std::optional<Facts> read(const Entry& entry, const std::string& position) {
    std::string added = date_of(entry.added);
    if (!feeds::is_cve(entry.id) || added.empty()) {
      sink_.problem(position, "an entry without a CVE id or the date it was added");
      return std::nullopt;
    }
    newest_ = std::max(newest_, added);
    return facts_of(entry, std::move(added));
  }

  void finish() {
    if (const auto seconds = base::parse_time(newest_)) sink_.dated(*seconds);
  }

 private:
  Sink& sink_;
  std::string newest_;
};

Result<void> read_json(base::Input& input, Sink& sink) {
  Reader reader(sink);
  std::size_t number = 0;
  const auto each = [&](std::string_view, std::string_view text) -> Result<void> {
    const std::string position = "entry " + std::to_string(++number);
    const Result<Json> json = feeds::parse_record(text);
    if (!json) {
      sink.problem(position, json.error().text());
      return ok();
    }
    const Entry entry = {
        .id = base::trim((*json)["cveID"].text()),
        .name = (*json)["vulnerabilityName"].text(),
        .description = (*json)["shortDescription"].text(),
        .added = (*json)["dateAdded"].text(),
        .due = (*json)["dueDate"].text(),
        .action = (*json)["requiredAction"].text(),
        .ransomware = (*json)["knownRansomwareCampaignUse"].text(),
        .notes = (*json)["notes"].text(),
    };
    auto facts = reader.read(entry, position);
    if (!facts) return ok();
    for (const Json cwe : (*json)["cwes"].items()) feeds::add_cwe(facts->details.cwes, cwe.text());
    sink.facts(std::move(*facts));
    return ok();
  };
  const auto other = [&](std::string_view key, std::string_view text) {
    if (key != "dateReleased" || text.size() < 2) return;
    if (const auto date = base::parse_time(text.substr(1, text.size() - 2))) sink.dated(*date);
  };
  VIGIL_CHECK(base::for_each_json_child(input, "vulnerabilities", {}, each, other));
  reader.finish();
  return ok();
}

Result<void> read_csv(base::Input& input, Sink& sink) {
  Reader reader(sink);
  VIGIL_CHECK(feeds::for_each_row(input, [&](const feeds::Row& row) {
    const Entry entry = {
        .id = base::trim(row["cveID"]),
        .name = row["vulnerabilityName"],
        .description = row["shortDescription"],
        .added = row["dateAdded"],
        .due = row["dueDate"],
        .action = row["requiredAction"],
        .ransomware = row["knownRansomwareCampaignUse"],
        .notes = row["notes"],
    };
    auto facts = reader.read(entry, row.position());
    if (!facts) return;
    for (const std::string_view cwe : base::split(row["cwes"], ',')) {
      feeds::add_cwe(facts->details.cwes, cwe);
    }
    sink.facts(std::move(*facts));
  }));
  reader.finish();
  return ok();
}

Result<void> read(base::Input& input, std::string_view /*name*/, Sink& sink) {
  VIGIL_TRY(const std::string head, base::read_prefix(input, 1024));
  base::PrependedInput whole(head, input);
  return feeds::skip_blank(head).starts_with('{') ? read_json(whole, sink) : read_csv(whole, sink);
}

}  // namespace

const Feed& feed() {
  static const Feed kFeed = {
      .name = "kev",
      .title = "CISA Known Exploited Vulnerabilities",
      .covers = "CVEs that are exploited, and by when to act",
      .endpoints = kEndpoints,
      .version = 1,
      .recognises = recognises,
      .read = read,
  };
  return kFeed;
}

}  // namespace vigil::intel::kev
