// Small steps that several readers take from a foreign record to Facts and Statements.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/input.h"
#include "base/json_tree.h"
#include "base/result.h"
#include "intel/feed.h"
#include "model/vulnerability.h"

namespace vigil::intel::feeds {

/// The largest document that is read as a whole. The largest real ones are a few megabytes.
inline constexpr std::uint64_t kDocumentLimit = 64U << 20U;
/// Longer descriptions are cut: GitHub's limit, the largest of all sources.
inline constexpr std::size_t kDescriptionLimit = 65536;

/// More references, weaknesses or ratings of one record than any real one has are left out.
inline constexpr std::size_t kListLimit = 1000;

/// Reads what is left of `input` as one JSON document. The tree lives until this thread reads the
/// next one: parsing thousands of small documents allocates once.
Result<base::Json> read_document(base::Input& input, std::string_view name);
/// The same for text that has base::JsonParser::kPadding readable bytes behind its end.
Result<base::Json> parse_record(std::string_view padded_json);

/// A copy of at most `limit` bytes, cut between characters.
std::string text_of(base::Json value, std::size_t limit = kDescriptionLimit);
/// Seconds since 1970; 0 if the text is no time or the zero time some sources write for "unknown".
std::int64_t time_of(base::Json value);

/// "CVE-", a year, at least four digits.
bool is_cve(std::string_view id);
/// 1 to 64 characters that identifiers consist of, with a letter, and a digit or a dash: GitHub's
/// "GHSA-gwrp-pvrq-jmwv" has no digit.
bool is_plausible_id(std::string_view id);

/// Adds `text` unless it is empty, there already, or the list is full.
void add_once(std::vector<std::string>& list, std::string_view text);
/// Sorts and drops what is there twice: for lists that may be long.
void sort_once(std::vector<std::string>& list);
/// Adds the "CWE-<number>" in front of `text`, if one is there ("CWE-79 Cross-site ...").
void add_cwe(std::vector<std::string>& cwes, std::string_view text);
/// Adds an http, https or ftp URL.
void add_reference(std::vector<std::string>& references, std::string_view url);

/// Adds a CVSS vector unless there is an equal one; its score is what the standard's equations
/// give, not what the source printed. A vector that is none is a problem of `record`, not its end.
void add_rating(model::Vulnerability& details, std::string_view vector, std::string_view source,
                model::CvssOrigin origin, Sink& sink);

}  // namespace vigil::intel::feeds
