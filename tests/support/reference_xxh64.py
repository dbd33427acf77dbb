"""XXH64 of the reference decoder, written from docs/format.md ("XXH64") alone."""

WORD = (1 << 64) - 1


def xxh64(data):
    p1, p2, p3, p4, p5 = (0x9E3779B185EBCA87, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9,
                          0x85EBCA77C2B2AE63, 0x27D4EB2F165667C5)

    def rotl(x, n):
        return (x << n | x >> 64 - n) & WORD

    def mixed(acc, x):
        return rotl(acc + x * p2 & WORD, 31) * p1 & WORD

    def merge(h, acc):
        return ((h ^ mixed(0, acc)) * p1 + p4) & WORD

    at, size = 0, len(data)
    if size >= 32:
        v = [(p1 + p2) & WORD, p2, 0, -p1 & WORD]
        while at + 32 <= size:
            for i in range(4):
                v[i] = mixed(v[i], int.from_bytes(data[at + 8 * i:at + 8 * i + 8], "little"))
            at += 32
        h = (rotl(v[0], 1) + rotl(v[1], 7) + rotl(v[2], 12) + rotl(v[3], 18)) & WORD
        for lane in v:
            h = merge(h, lane)
    else:
        h = p5
    h = h + size & WORD
    while at + 8 <= size:
        h = (rotl(h ^ mixed(0, int.from_bytes(data[at:at + 8], "little")), 27) * p1 + p4) & WORD
        at += 8
    if at + 4 <= size:
        h = (rotl(h ^ int.from_bytes(data[at:at + 4], "little") * p1 & WORD, 23) * p2 + p3) & WORD
        at += 4
    for byte in data[at:]:
        h = rotl(h ^ byte * p5 & WORD, 11) * p1 & WORD
    h = (h ^ h >> 33) * p2 & WORD
    h = (h ^ h >> 29) * p3 & WORD
    return h ^ h >> 32
