#include "intel/record.h"

namespace vigil::intel {
namespace {

enum Flag : std::uint8_t { kMalicious = 1, kKnownExploited = 2, kRansomware = 4 };

}  // namespace

void encode_vulnerability(Encoder& out, const model::Vulnerability& vulnerability) {
  const auto& known = vulnerability.known_exploited;
  std::uint8_t flags = 0;
  if (vulnerability.malicious) flags |= kMalicious;
  if (known) flags |= kKnownExploited;
  if (known && known->ransomware) flags |= kRansomware;

  out.number(flags)
      .text(vulnerability.title)
      .text(vulnerability.description)
      .text(vulnerability.source)
      .text(vulnerability.source_url)
      .text(vulnerability.ssvc_exploitation)
      .signed_number(vulnerability.published)
      .signed_number(vulnerability.modified)
      .texts(vulnerability.aliases)
      .texts(vulnerability.advisories)
      .texts(vulnerability.cwes)
      .texts(vulnerability.references);
  out.number(vulnerability.cvss.size());
  for (const model::CvssRating& rating : vulnerability.cvss) {
    out.text(rating.version).text(rating.vector).real(rating.score).text(rating.source);
    out.number(static_cast<std::uint64_t>(rating.origin));
  }
  out.number(vulnerability.vendor_severities.size());
  for (const model::VendorSeverity& severity : vulnerability.vendor_severities) {
    out.text(severity.source).text(severity.word);
  }
  out.number(vulnerability.exploits.size());
  for (const model::Exploit& exploit : vulnerability.exploits) {
    out.text(exploit.source).text(exploit.id).text(exploit.first_seen);
  }
  if (known) out.text(known->date_added).text(known->due_date).text(known->required_action);
}

Result<model::Vulnerability> decode_vulnerability(Decoder& in) {
  model::Vulnerability vulnerability;
  const std::uint64_t flags = in.number();
  vulnerability.malicious = (flags & kMalicious) != 0;
  vulnerability.title = in.text();
  vulnerability.description = in.text();
  vulnerability.source = in.text();
  vulnerability.source_url = in.text();
  vulnerability.ssvc_exploitation = in.text();
  vulnerability.published = in.signed_number();
  vulnerability.modified = in.signed_number();
  vulnerability.aliases = in.texts();
  vulnerability.advisories = in.texts();
  vulnerability.cwes = in.texts();
  vulnerability.references = in.texts();
  vulnerability.cvss.resize(in.count(12));
  for (model::CvssRating& rating : vulnerability.cvss) {
    rating.version = in.text();
    rating.vector = in.text();
    rating.score = in.real();
    rating.source = in.text();
    rating.origin = static_cast<model::CvssOrigin>(in.number() & 0xFF);
  }
  vulnerability.vendor_severities.resize(in.count(2));
  for (model::VendorSeverity& severity : vulnerability.vendor_severities) {
    severity.source = in.text();
    severity.word = in.text();
  }
  vulnerability.exploits.resize(in.count(3));
  for (model::Exploit& exploit : vulnerability.exploits) {
    exploit.source = in.text();
    exploit.id = in.text();
    exploit.first_seen = in.text();
  }
  if ((flags & kKnownExploited) != 0) {
    model::KnownExploited known;
    known.date_added = in.text();
    known.due_date = in.text();
    known.required_action = in.text();
    known.ransomware = (flags & kRansomware) != 0;
    vulnerability.known_exploited = std::move(known);
  }
  if (in.failed()) return fail("a vulnerability record is damaged");
  return vulnerability;
}

}  // namespace vigil::intel
