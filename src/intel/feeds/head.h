// What the beginning of a JSON document gives away: the readers' `recognises` decide by it. Cheap:
// one pass over the head, nothing is built but the list of the outermost members.
#pragma once

#include <string_view>
#include <vector>

namespace vigil::intel::feeds {

struct HeadMember {
  std::string_view key;    ///< as written, escapes not undone
  std::string_view value;  ///< raw JSON, cut short where the head ends
};

/// Without a byte order mark and white space in front.
std::string_view skip_blank(std::string_view head);

/// The members of the object that `head` begins with, as far as it goes, at most `most`; none if it
/// begins with something else.
std::vector<HeadMember> head_members(std::string_view head, std::size_t most = 64);

/// The value of the member, or nothing.
std::string_view head_value(const std::vector<HeadMember>& members, std::string_view key);

/// The first element of the array that `head` begins with; `head` itself if it begins with another
/// thing, so that one record and a list of them look alike.
std::string_view first_element(std::string_view head);

/// Is `needle` in `head`? Faster than std::string_view::find on JSON, where quotes are frequent.
bool mentions(std::string_view head, std::string_view needle);

}  // namespace vigil::intel::feeds
