// The fields that findings can be filtered by: Inspector2's FilterCriteria, 65 of them, as data.
// Each says what kind of test it takes and where its values come from; the in-memory evaluation
// (filter.h), the store's SQL and the API's validation all read this table.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace vigil::findings {

enum class FieldKind : std::uint8_t { String, Date, Number, Map, PortRange, Package };

/// Whose property it is: of the single finding (status, dates), of the assessment that findings in
/// the same circumstances share, of the vulnerability, or of the resource. Also the store's table.
enum class FieldScope : std::uint8_t { Finding, Assessment, Vulnerability, Resource };

struct FilterField {
  std::string_view name;  ///< "ec2InstanceVpcId"
  FieldKind kind;
  FieldScope scope;
  /// The column of the store's table of that scope; an empty text there is no value. Empty: rows of
  /// the scope's *_attribute table. Two fields are in neither: vulnerablePackages are the rows of
  /// assessment_package, and findingArn is computed from region, account and the finding's key.
  std::string_view column;
  /// Where a text stands as a number in its column: the texts, by that number. Of awsAccountId, whose
  /// column is the number of its twelve digits, there are none.
  std::span<const std::string_view> words;
};

/// All fields; the index in this span is the field's number in the store, so the order only grows.
std::span<const FilterField> filter_fields();
/// Its number; nothing if there is no such field.
std::optional<std::uint16_t> filter_field(std::string_view name);

/// One value of a field. Fields with many values (tags, layers, addresses) have many attributes.
struct Attribute {
  std::uint16_t field = 0;
  std::string key;                   ///< of a tag; else empty
  std::string text;                  ///< of a number or date its decimal text
  std::optional<double> number;      ///< of a port range its begin; dates are seconds since 1970
  std::optional<double> number_end;  ///< of a port range its end
};

}  // namespace vigil::findings
