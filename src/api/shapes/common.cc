// What several operations share: identities, tokens, tags, the tests of filters.
#include <array>

#include "api/shapes/shapes.h"

namespace vigil::api {
namespace {

constexpr std::array kShapes = {
    NamedShape{"AccountId", "str[12..12]~account"},
    NamedShape{"AccountIdSet", "[AccountId][0..100]"},
    NamedShape{"Arn", "str[1..1011]"},
    NamedShape{"ClientToken", "str[1..64]"},
    NamedShape{"FindingArn", "str[1..100]~finding-arn"},
    NamedShape{"NextToken", "str[0..1000000]"},
    NamedShape{"NonEmptyString", "str[1..]"},
    NamedShape{"ResourceScanType", "EC2|ECR|LAMBDA|LAMBDA_CODE|CODE_REPOSITORY"},
    NamedShape{"SortOrder", "ASC|DESC"},

    NamedShape{"MapKey", "str[1..128]"},
    NamedShape{"MapValue", "str[0..256]"},
    NamedShape{"TagMap", "map<MapKey, MapValue>"},
    NamedShape{"TagKey", "str[1..128]~tag-key"},
    NamedShape{"TagKeyList", "[TagKey][0..50]"},

    NamedShape{"StringFilter", "{comparison*:EQUALS|PREFIX|NOT_EQUALS, value*:str[1..1024]}"},
    NamedShape{"StringFilterList", "[StringFilter][1..10]"},
    NamedShape{"DateFilter", "{startInclusive:ts, endInclusive:ts}"},
    NamedShape{"DateFilterList", "[DateFilter][1..10]"},
    NamedShape{"NumberFilter", "{upperInclusive:double, lowerInclusive:double}"},
    NamedShape{"NumberFilterList", "[NumberFilter][1..10]"},
    NamedShape{"MapFilter", "{comparison*:EQUALS, key*:MapKey, value:MapValue}"},
    NamedShape{"MapFilterList", "[MapFilter][1..10]"},
};

}  // namespace

std::span<const NamedShape> common_shapes() {
  return kShapes;
}

}  // namespace vigil::api
