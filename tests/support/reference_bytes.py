"""What the reference decoder reads: bytes, and bits that the range coder packed."""
from reference_xxh64 import WORD


class Bytes:
    """Reads a stream from its front."""

    def __init__(self, data):
        self.data, self.at = data, 0

    def take(self, size):
        assert self.at + size <= len(self.data), "cut off"
        self.at += size
        return self.data[self.at - size:self.at]

    def u8(self):
        return self.take(1)[0]

    def fixed(self, size):
        return int.from_bytes(self.take(size), "little")

    def varint(self):
        value = shift = 0
        while True:
            byte = self.u8()
            value |= (byte & 0x7f) << shift
            shift += 7
            if byte < 0x80:
                assert value <= WORD and shift <= 70, "varint too long"
                return value

    def until(self, ends):
        """Bytes up to the first of `ends`, and that."""
        start = self.at
        while self.u8() not in ends:
            pass
        return self.data[start:self.at - 1], self.data[self.at - 1]


class RangeDecoder:
    def __init__(self, data):
        self.data, self.at, self.code, self.range = data, 0, 0, WORD
        self.shift()
        self.shift()

    def shift(self):
        word = self.data[self.at:self.at + 4].ljust(4, b"\0")
        self.at += 4
        self.code = self.code << 32 & WORD | int.from_bytes(word, "big")

    def normalise(self):
        if self.range < 1 << 32:
            self.shift()
            self.range <<= 32

    def decode(self, p):
        bound = (self.range >> 16) * p
        bit = self.code < bound
        if bit:
            self.range = bound
        else:
            self.code -= bound
            self.range -= bound
        self.normalise()
        return int(bit)

    def raw(self, count):
        value = 0
        while count > 0:
            bits = min(count, 16)
            count -= bits
            self.range >>= bits
            part = min(self.code // self.range, (1 << bits) - 1)
            self.code -= part * self.range
            value = value << bits | part
            self.normalise()
        return value

    def symbol(self, below):
        self.range >>= 15
        place = min(self.code // self.range, 32767)
        s = max(s for s in range(16) if below[s] <= place)
        self.code -= self.range * below[s]
        self.range *= (below + [32768])[s + 1] - below[s]
        self.normalise()
        return s
