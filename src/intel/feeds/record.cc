#include "intel/feeds/record.h"

#include <algorithm>
#include <optional>

#include "base/text.h"
#include "base/time.h"
#include "model/cvss.h"

namespace vigil::intel::feeds {
namespace {

/// What a thread keeps between documents; given up after a large one.
class Workspace {
 public:
  static constexpr std::size_t kKeep = 8U << 20U;

  Result<base::Json> parse(std::string_view padded_json) {
    if (used_ > kKeep) parser_ = base::JsonParser();
    used_ = padded_json.size();
    return parser_.parse_padded(padded_json);
  }

  std::string& text() { return text_; }

 private:
  base::JsonParser parser_;
  std::size_t used_ = 0;
  std::string text_;
};

Workspace& workspace() {
  thread_local Workspace instance;
  return instance;
}

}  // namespace

Result<base::Json> read_document(base::Input& input, std::string_view name) {
  std::string& text = workspace().text();
  VIGIL_TRY(text, base::read_all(input, kDocumentLimit));
  const std::size_t size = text.size();
  text.append(base::JsonParser::kPadding, ' ');
  constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
  std::string_view json = std::string_view(text).substr(0, size);
  if (json.starts_with(kByteOrderMark)) json.remove_prefix(kByteOrderMark.size());
  Result<base::Json> root = workspace().parse(json);
  if (!root) {
    Error error = std::move(root).error();
    error.where = name;
    error.hint = "the file may be cut short: fetch it again";
    return fail(std::move(error));
  }
  return root;
}

Result<base::Json> parse_record(std::string_view padded_json) {
  return workspace().parse(padded_json);
}

std::string text_of(base::Json value, std::size_t limit) {
  std::string_view text = value.text();
  if (text.size() > limit) {
    while (limit > 0 && (static_cast<unsigned char>(text[limit]) & 0xC0U) == 0x80U) --limit;
    text = text.substr(0, limit);
  }
  return std::string(text);
}

std::int64_t time_of(base::Json value) {
  return base::parse_time(value.text()).value_or(0);
}

bool is_cve(std::string_view id) {
  if (!id.starts_with("CVE-") || id.size() < 13 || id.size() > 24 || id[8] != '-') return false;
  return std::ranges::all_of(id.substr(4, 4), base::is_digit) &&
         std::ranges::all_of(id.substr(9), base::is_digit);
}

bool is_plausible_id(std::string_view id) {
  const auto allowed = [](char c) {
    return base::is_alnum(c) || c == '-' || c == '_' || c == ':' || c == '.' || c == '/' ||
           c == '+';
  };
  return !id.empty() && id.size() <= 64 && std::ranges::all_of(id, allowed) &&
         std::ranges::any_of(id, base::is_alpha) &&
         (id.find('-') != std::string_view::npos || std::ranges::any_of(id, base::is_digit));
}

void add_once(std::vector<std::string>& list, std::string_view text) {
  if (text.empty() || list.size() >= kListLimit) return;
  if (std::ranges::find(list, text) == list.end()) list.emplace_back(text);
}

void sort_once(std::vector<std::string>& list) {
  std::ranges::sort(list);
  list.erase(std::unique(list.begin(), list.end()), list.end());
}

void add_cwe(std::vector<std::string>& cwes, std::string_view text) {
  text = base::trim(text);
  if (!text.starts_with("CWE-")) return;
  std::size_t end = 4;
  while (end < text.size() && base::is_digit(text[end])) ++end;
  if (end > 4 && end <= 10) add_once(cwes, text.substr(0, end));
}

void add_reference(std::vector<std::string>& references, std::string_view url) {
  url = base::trim(url);
  constexpr std::size_t kLongest = 2048;
  if (url.size() > kLongest) return;
  if (!url.starts_with("https://") && !url.starts_with("http://") && !url.starts_with("ftp://")) {
    return;
  }
  add_once(references, url);
}

void add_rating(model::Vulnerability& details, std::string_view vector, std::string_view source,
                model::CvssOrigin origin, Sink& sink) {
  if (details.cvss.size() >= kListLimit) return;
  const Result<model::Cvss> cvss = model::parse_cvss(vector);
  if (!cvss) {
    constexpr std::size_t kShown = 200;
    sink.problem(details.id, "its CVSS vector '" + base::printable(vector.substr(0, kShown)) +
                                 "' is left out: " + cvss.error().text());
    return;
  }
  model::CvssRating rating;
  rating.version = model::cvss_version_name(cvss->version());
  rating.vector = base::trim(vector);
  // Decorated forms of 2.0, "(AV:N/...)" and "CVSS2#AV:N/...", become plain ones.
  if (cvss->version() == model::CvssVersion::V20) rating.vector = cvss->text();
  rating.score = cvss->scores().base;
  rating.source = source;
  rating.origin = origin;
  for (const model::CvssRating& known : details.cvss) {
    if (known.vector == rating.vector && known.source == rating.source) return;
  }
  details.cvss.push_back(std::move(rating));
}

}  // namespace vigil::intel::feeds
