#include "bench/websocket_frames.hpp"

#include <gtest/gtest.h>

namespace retrylab::bench {
namespace {

std::string server_frame(std::string const& payload) {
  std::string out = "\x81";
  if (payload.size() < 126) return out + static_cast<char>(payload.size()) + payload;
  if (payload.size() < 65536) {
    out += static_cast<char>(126);
    out += static_cast<char>(payload.size() >> 8);
    return out + static_cast<char>(payload.size() & 0xff) + payload;
  }
  out += static_cast<char>(127);
  for (int i = 7; i >= 0; --i) out += static_cast<char>(payload.size() >> (8 * i) & 0xff);
  return out + payload;
}

TEST(websocket_frames, a_frame_of_each_length_form_is_read) {
  for (std::size_t size : {0UL, 1UL, 125UL, 126UL, 65535UL, 65536UL, 200'000UL}) {
    std::string const payload(size, 'x');
    std::string const bytes = server_frame(payload) + "next";
    auto const f = first_frame(bytes);
    ASSERT_TRUE(f) << size;
    EXPECT_EQ(f->kind, opcode::text);
    EXPECT_EQ(f->payload, payload);
    EXPECT_EQ(f->size + 4, bytes.size());
  }
}

TEST(websocket_frames, a_part_of_a_frame_is_no_frame) {
  std::string const whole = server_frame(std::string(300, 'x'));
  for (std::size_t n = 0; n < whole.size(); ++n) EXPECT_FALSE(first_frame(whole.substr(0, n)));
}

TEST(websocket_frames, a_message_begins_with_its_place) {
  auto const place = place_of(R"({"prev":12,"seq":15,"jobs":[],"events":[]})");
  ASSERT_TRUE(place);
  EXPECT_EQ(place->prev, 12u);
  EXPECT_EQ(place->seq, 15u);
  EXPECT_FALSE(place->reset);
  EXPECT_TRUE(place_of(R"({"prev":12,"seq":15,"reset":["jobs","events"]})")->reset);
  EXPECT_FALSE(place_of(R"({"prev":12,"seq":15,"reset":["jobs"],"events":[]})")->reset);
  for (auto const* text : {"", "{}", R"({"prev":})", R"({"seq":15,"prev":12})"})
    EXPECT_FALSE(place_of(text)) << text;
}

TEST(websocket_frames, a_client_masks_what_it_sends) {
  for (std::size_t size : {0UL, 125UL, 126UL, 65536UL}) {
    std::string const payload(size, 'p');
    std::string bytes = client_frame(opcode::pong, payload);
    EXPECT_EQ(static_cast<unsigned char>(bytes[1]) & 0x80U, 0x80U);
    bytes[1] = static_cast<char>(static_cast<unsigned char>(bytes[1]) & 0x7fU);
    std::size_t const header = bytes.size() - size - 4;
    std::string const mask = bytes.substr(header, 4);
    bytes.erase(header, 4);  // now it is a server's, but for the mask
    auto const f = first_frame(bytes);
    ASSERT_TRUE(f);
    EXPECT_EQ(f->kind, opcode::pong);
    std::string plain;
    for (std::size_t i = 0; i < f->payload.size(); ++i)
      plain += static_cast<char>(f->payload[i] ^ mask[i % 4]);
    EXPECT_EQ(plain, payload);
  }
}

}  // namespace
}  // namespace retrylab::bench
