#include "events/json_fields.hpp"
#include "events/json_writer.hpp"

#include <gtest/gtest.h>

namespace retrylab {
namespace {

TEST(json_fields, keeps_the_text_of_a_member_byte_for_byte) {
  json_fields f{
      R"( { "a" : 1 , "payload" : {"z": 1.10,  "big":12345678901234567890123, "s":"}]\"{"} , "b":[1,{"c":"]"}] } )"};
  EXPECT_EQ(f.raw("payload"), R"({"z": 1.10,  "big":12345678901234567890123, "s":"}]\"{"})");
  EXPECT_EQ(f.raw("b"), R"([1,{"c":"]"}])");
  EXPECT_EQ(f.raw("a"), "1");
  f.finish();
  EXPECT_TRUE(f.ok());
}

TEST(json_fields, names_every_field_that_is_wrong) {
  json_fields f{R"({"a":"x","b":1,"c":[1],"d":true,"extra":0,"e":1,"e":2})"};
  EXPECT_FALSE(f.optional<std::int64_t>("a"));
  EXPECT_FALSE(f.optional<std::string>("b"));
  EXPECT_FALSE(f.optional<std::vector<std::string>>("c"));
  EXPECT_EQ(f.optional<bool>("d"), true);
  (void)f.raw("e");
  (void)f.required<std::string>("missing");
  f.finish();
  std::vector<field_error> const expected{
      {"e", "is given twice"},    {"a", "must be an integer"},
      {"b", "must be a string"},  {"c", "must be an array of strings"},
      {"missing", "is required"}, {"extra", "is not known here"}};
  EXPECT_EQ(f.errors(), expected);
}

TEST(json_fields, tells_what_nobody_asked_for_in_order) {
  json_fields f{R"({"z":[1, 2],"known":1,"a":null})"};
  (void)f.raw("known");
  std::string seen;
  f.each_unknown([&](std::string_view name, std::string_view text) {
    seen += std::string{name} + "=" + std::string{text} + ";";
  });
  EXPECT_EQ(seen, "z=[1, 2];a=null;");
  EXPECT_TRUE(f.ok());
}

TEST(json_fields, an_object_with_many_members_takes_no_quadratic_time) {
  std::string text = "{\"first\":1";
  for (int i = 0; i < 300'000; ++i) text += ",\"" + std::to_string(i) + "\":1";
  EXPECT_TRUE(json_fields{text + "}"}.ok());
  json_fields const twins{text + ",\"7\":2}"};
  EXPECT_EQ(twins.errors(), (std::vector<field_error>{{"7", "is given twice"}}));
}

TEST(json_fields, finds_the_end_of_a_string_among_escapes) {
  std::string const text = R"({"a\\":"\"","b":"\\\"","c":""})";
  json_fields f{text};
  EXPECT_EQ(f.optional<std::string>("a\\"), "\"");
  EXPECT_EQ(f.optional<std::string>("b"), "\\\"");
  EXPECT_EQ(f.optional<std::string>("c"), "");
}

TEST(json_array, tells_its_elements_one_after_the_other) {
  json_array a{R"( [ 1 , "x,]" , [2, 3] ] )"};
  EXPECT_EQ(a.next(), "1");
  EXPECT_EQ(a.next(), "\"x,]\"");
  EXPECT_EQ(a.next(), "[2, 3]");
  EXPECT_FALSE(a.next());
  EXPECT_FALSE(a.next());
  EXPECT_FALSE(json_array{"[]"}.next());
}

TEST(json_fields, unescapes_strings) {
  json_fields f{R"({"s":"Gr\u00fc\u00dfe \"\n\ud83d\ude00","\u0061":"x"})"};
  EXPECT_EQ(f.optional<std::string>("s"), "Grüße \"\n😀");
  EXPECT_EQ(f.optional<std::string>("a"), "x");
}

TEST(json_fields, says_where_text_is_not_json) {
  for (char const* text : {"", "{", "{\"a\":}", "{\"a\":1,}", "{} x", "{'a':1}", "nul",
                           "{\"a\":01}", "{\"a\":\"\xff\"}", "{\"a\":NaN}"}) {
    json_fields const f{text};
    EXPECT_TRUE(f.malformed()) << text;
    EXPECT_FALSE(f.ok()) << text;
  }
  EXPECT_TRUE(json_fields{std::string(200, '[') + std::string(200, ']')}.malformed());
  json_fields const array{"[1]"};
  EXPECT_FALSE(array.malformed());
  EXPECT_EQ(array.errors().front().message, "must be an object");
}

TEST(json_fields, reads_decimals_exactly) {
  json_fields f{R"({"a":0.1,"b":2,"c":-1,"d":1e3,"e":0.1234567,"f":99999999999999999999})"};
  EXPECT_EQ(f.decimal("a", 6), 100'000u);
  EXPECT_EQ(f.decimal("b", 3), 2000u);
  for (char const* name : {"c", "d", "e", "f"}) EXPECT_FALSE(f.decimal(name, 6)) << name;
}

TEST(json_fields, integers_beyond_64_bits_are_refused_not_wrapped) {
  json_fields f{R"({"a":9223372036854775808,"b":1.0,"c":1e2,"d":-5})"};
  for (char const* name : {"a", "b", "c"}) EXPECT_FALSE(f.optional<std::int64_t>(name)) << name;
  EXPECT_EQ(f.optional<std::int64_t>("d"), -5);
}

TEST(json_writer, escapes_what_must_be_escaped_and_nothing_else) {
  std::string out;
  json_writer w{out};
  w.string("s", std::string_view{"a\"b\\c\n\r\t\x01/ü", 12})
      .fixed("f", 100'000, 6)
      .fixed("g", 2000, 3)
      .fixed("h", 1'030'125, 3)
      .close();
  EXPECT_EQ(out, "{\"s\":\"a\\\"b\\\\c\\n\\r\\t\\u0001/ü\",\"f\":0.1,\"g\":2,\"h\":1030.125}");
}

}  // namespace
}  // namespace retrylab
