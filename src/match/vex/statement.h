// What a VEX document says ("Vulnerability Exploitability eXchange"): whether a product is affected by
// a vulnerability of something it is made of, and why not.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "model/package_url.h"

namespace vigil::match::vex {

enum class Status : std::uint8_t { NotAffected, Affected, Fixed, UnderInvestigation };

/// A thing a statement is about.
struct Product {
  std::string id;  ///< purl, CPE, bom-ref or any other name of the document
  /// The packages this is about; empty: none is named by purl.
  std::vector<model::PackageUrl> packages;
  /// Only these components of the product; empty: the product itself.
  std::vector<model::PackageUrl> components;
  /// A range of versions of the packages in its own notation ("vers:npm/>=1.0|<2.0"): such a product
  /// names no single version and is not matched. Empty: none.
  std::string range;
};

struct Statement {
  std::string vulnerability;         ///< "CVE-2024-0001"
  std::vector<std::string> aliases;  ///< other ids of it
  std::vector<Product> products;
  Status status = Status::Affected;
  std::string justification;   ///< the standard's word: "vulnerable_code_not_present"
  std::string detail;          ///< in the author's own words
  std::string document;        ///< its id, or the name of the file
  std::int64_t timestamp = 0;  ///< when it was made, seconds since 1970; 0 if unknown
};

/// "not affected", "affected", "fixed", "under investigation"
std::string_view status_name(Status status);

}  // namespace vigil::match::vex
