#include "source/debian_archive/document.h"

#include "base/json_writer.h"
#include "base/time.h"

namespace vigil::source::debian_archive {
namespace {

void write_upload(base::JsonWriter& json, const Upload& upload, const std::string& fixed) {
  json.begin_object().member("version", upload.version).member("fixed", fixed);
  json.optional_member("distribution", upload.distribution);
  json.optional_member("urgency", upload.urgency);
  if (upload.date != 0) json.member("date", base::format_time(upload.date));
  json.key("cves").begin_array();
  for (const std::string& id : upload.cves) json.value(id);
  json.end_array().end_object();
}

}  // namespace

std::string document_text(const Document& document) {
  base::JsonWriter json(1);
  json.begin_object().member("format", "vigil-debian-archive").member("version", 1);
  json.member("ecosystem", document.ecosystem);
  if (document.date != 0) json.member("date", base::format_time(document.date));
  json.key("archives").begin_array();
  for (const std::string& address : document.archives) json.value(address);
  json.end_array().key("packages").begin_array();
  for (const ReadCandidate& package : document.packages) {
    const Candidate& candidate = package.candidate;
    json.begin_object().member("source", candidate.source).member("installed", candidate.installed);
    json.member("candidate", candidate.version).member("security", candidate.security);
    if (!package.unread.empty()) {
      json.member("unread", package.unread).end_object();
      continue;
    }
    json.member("complete", package.fixes.complete).key("uploads").begin_array();
    for (std::size_t i = 0; i < package.fixes.uploads.size(); ++i) {
      write_upload(json, package.fixes.uploads[i], package.fixes.fixed[i]);
    }
    json.end_array().end_object();
  }
  json.end_array().end_object();
  return json.take() + "\n";
}

}  // namespace vigil::source::debian_archive
