// The shapes of requests as data, in a short notation; how a request is checked against one stands in
// api/validate.h.
//
//   maxResults:int[1..100], nextToken:NextToken, filterCriteria*:FilterCriteria, tagKeys*@q:[TagKey]
//
//   members     NAME[*][@uri|@q]:TYPE, ...     * required; @uri from the path, @q from the query
//   TYPE        str, str[1..128], str~account  bounds count characters; ~ names a pattern
//               int, long, double, bool, ts    numbers with bounds as int[1..100]; ts: epoch seconds
//               [TYPE][1..10]                  a list and how many elements it may have
//               map<str, str>                  a map; its keys are strings
//               {members}                      a structure
//               <members>                      a union: exactly one of them
//               ASC|DESC                       one of these words
//               NAME                           from the table of named shapes (api/shapes/)
//
// A bound that is left out ("[1..]") is none.
#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "api/patterns.h"
#include "base/result.h"

namespace vigil::api {

struct Shape;

enum class Location : std::uint8_t { Body, Path, Query };

struct ShapeMember {
  std::string name;
  bool required = false;
  Location location = Location::Body;
  const Shape* shape = nullptr;
};

struct Shape {
  enum class Kind : std::uint8_t {
    String,
    Enum,
    Integer,
    Number,
    Boolean,
    Timestamp,
    List,
    Map,
    Structure,
    Union,
  };
  Kind kind = Kind::String;
  std::string name;                   ///< in the table; empty if it stands in the notation itself
  std::optional<std::int64_t> least;  ///< characters, elements or value
  std::optional<std::int64_t> most;
  const Pattern* pattern = nullptr;
  std::vector<std::string> values;  ///< of an Enum
  const Shape* element = nullptr;   ///< of a List; the value of a Map
  const Shape* key = nullptr;       ///< of a Map
  std::vector<ShapeMember> members;
};

/// A named shape in the notation.
struct NamedShape {
  std::string_view name;
  std::string_view text;
};

/// Compiles notations. Shapes live as long as the table.
class ShapeTable {
 public:
  explicit ShapeTable(std::span<const NamedShape> named);

  /// Members as an operation's input lists them. Error: where the notation is wrong.
  Result<const Shape*> members(std::string_view notation);
  Result<const Shape*> named(std::string_view name);

 private:
  friend class NotationReader;
  std::map<std::string_view, std::string_view> texts_;
  std::map<std::string, const Shape*, std::less<>> compiled_;
  std::vector<std::string_view> being_compiled_;  ///< to see a shape that holds itself
  std::deque<Shape> shapes_;
};

/// All named shapes, of api/shapes/.
std::vector<NamedShape> named_shapes();

}  // namespace vigil::api
