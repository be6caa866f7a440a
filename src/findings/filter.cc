#include "findings/filter.h"

#include <algorithm>

namespace vigil::findings {
namespace {

bool is_true_of(const StringTest& test, std::string_view value) {
  switch (test.comparison) {
    case Comparison::Equals:
      return value == test.value;
    case Comparison::Prefix:
      return value.starts_with(test.value);
    case Comparison::NotEquals:
      return value != test.value;
  }
  return false;
}

bool is_in(const RangeTest& range, std::optional<double> value) {
  if (!value) return false;
  return (!range.lower || *value >= *range.lower) && (!range.upper || *value <= *range.upper);
}

/// The values of one field, of a subject whose attributes come in any order.
class Values {
 public:
  Values(const FilterSubject& subject, std::uint16_t field) : subject_(subject), field_(field) {}

  template <typename Test>
  [[nodiscard]] bool any(Test test) const {
    return std::ranges::any_of(subject_.attributes, [&](const Attribute& attribute) {
      return attribute.field == field_ && test(attribute);
    });
  }

 private:
  const FilterSubject& subject_;
  std::uint16_t field_;
};

bool strings_match(const std::vector<StringTest>& tests, const Values& values) {
  bool positive = false;  // is there an EQUALS or PREFIX at all?
  bool fulfilled = false;
  for (const StringTest& test : tests) {
    if (test.comparison == Comparison::NotEquals) {
      if (values.any([&](const Attribute& value) { return value.text == test.value; }))
        return false;
      continue;
    }
    positive = true;
    fulfilled = fulfilled ||
                values.any([&](const Attribute& value) { return is_true_of(test, value.text); });
  }
  return fulfilled || !positive;
}

bool is_true_of(const MapTest& test, const Attribute& value) {
  return value.key == test.key && (!test.value || value.text == *test.value);
}

bool is_true_of(const PortRangeTest& test, const Attribute& value) {
  if (!value.number || !value.number_end) return false;
  return (!test.begin || *value.number >= *test.begin) &&
         (!test.end || *value.number_end <= *test.end);
}

bool is_true_of(const std::optional<StringTest>& test, std::string_view value) {
  return !test || is_true_of(*test, value);
}

bool is_true_of(const PackageTest& test, const PackageFacts& package) {
  return is_true_of(test.name, package.name) && is_true_of(test.version, package.version) &&
         is_true_of(test.release, package.release) &&
         is_true_of(test.architecture, package.architecture) &&
         is_true_of(test.layer, package.layer) &&
         is_true_of(test.lambda_layer, package.lambda_layer) &&
         is_true_of(test.path, package.path) && (!test.epoch || is_in(*test.epoch, package.epoch));
}

template <typename Test, typename IsTrue>
bool any_or_none(const std::vector<Test>& tests, IsTrue is_true) {
  return tests.empty() || std::ranges::any_of(tests, is_true);
}

bool matches(const Criterion& criterion, const FilterSubject& subject) {
  const Values values(subject, criterion.field);
  return strings_match(criterion.strings, values) &&
         any_or_none(
             criterion.ranges,
             [&](const RangeTest& test) {
               return values.any([&](const Attribute& value) { return is_in(test, value.number); });
             }) &&
         any_or_none(
             criterion.maps,
             [&](const MapTest& test) {
               return values.any([&](const Attribute& value) { return is_true_of(test, value); });
             }) &&
         any_or_none(
             criterion.ports,
             [&](const PortRangeTest& test) {
               return values.any([&](const Attribute& value) { return is_true_of(test, value); });
             }) &&
         any_or_none(criterion.packages, [&](const PackageTest& test) {
           return std::ranges::any_of(subject.packages, [&](const PackageFacts& package) {
             return is_true_of(test, package);
           });
         });
}

}  // namespace

bool matches(const Filter& filter, const FilterSubject& subject) {
  return std::ranges::all_of(
      filter.criteria, [&](const Criterion& criterion) { return matches(criterion, subject); });
}

}  // namespace vigil::findings
