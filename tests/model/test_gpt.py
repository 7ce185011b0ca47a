import math

import pytest
import torch
import torch.nn.functional as F
from torch import nn

from model.config import GPTConfig
from model.gpt import GPT, Attention, KVCache, attend, norm, rotary, rotate
from model.trace import Trace
from tests.tiny import random_gpt

IDS = torch.tensor([[5, 0, 256, 17, 17, 99, 3, 200], [1, 2, 3, 4, 5, 6, 7, 8]])
NO_TURN = (torch.ones(1, 2), torch.zeros(1, 2))


def test_before_training_every_token_gets_the_same_probability():
    logits, loss = GPT(GPTConfig(257, block_size=8, n_layer=2, n_head=2, n_embd=8))(IDS, IDS)
    assert torch.equal(logits, torch.zeros(2, 8, 257))
    assert loss.item() == pytest.approx(math.log(257), abs=1e-6)


@pytest.mark.parametrize("layers, width, vocab", [(1, 4, 10), (2, 16, 300), (4, 256, 8192)])
def test_the_number_of_parameters(layers, width, vocab):
    with torch.device("meta"):
        model = GPT(GPTConfig(vocab, n_layer=layers, n_head=2, n_embd=width))
    matrices = layers * 12 * width * width  # qkv 3, out 1, up 4, down 4
    assert model.num_params() == 2 * vocab * width + matrices
    assert model.num_params(embeddings=False) == matrices


@pytest.mark.parametrize("queries, keys", [(1, 1), (1, 2), (1, 7), (2, 2), (2, 7), (7, 7)])
@pytest.mark.parametrize("grad", [True, False])
def test_attention_is_torchs_own(queries, keys, grad):
    torch.manual_seed(0)
    q, k, v = (torch.randn(2, 3, n, 4) for n in (queries, keys, keys))
    mask = torch.arange(keys)[None] <= torch.arange(queries)[:, None] + keys - queries
    expected = F.scaled_dot_product_attention(q, k, v, attn_mask=mask)
    torch.testing.assert_close(attend(q.requires_grad_(grad), k, v), expected)
    trace = Trace()
    torch.testing.assert_close(attend(q, k, v, trace), expected)
    rows = trace.attention[0]
    torch.testing.assert_close(rows @ v, expected)
    torch.testing.assert_close(rows.sum(-1), torch.ones(2, 3, queries))
    assert (rows[..., ~mask] == 0).all()


def test_gradients_of_the_written_out_attention_are_the_kernels():
    torch.manual_seed(0)
    qkv = [torch.randn(2, 3, 6, 4, dtype=torch.double, requires_grad=True) for _ in range(3)]
    ours = torch.autograd.grad(attend(*qkv).square().sum(), qkv)
    theirs = torch.autograd.grad(F.scaled_dot_product_attention(*qkv, is_causal=True).square().sum(), qkv)
    torch.testing.assert_close(ours, theirs)


def test_the_attention_layer_is_multi_head_attention(monkeypatch):
    """Without positions and QK-norm ours is torch's layer."""
    monkeypatch.setattr("model.gpt.norm", lambda x: x)
    torch.manual_seed(0)
    ours = Attention(GPTConfig(10, n_head=2, n_embd=8))
    theirs = nn.MultiheadAttention(8, 2, bias=False, batch_first=True)
    theirs.in_proj_weight.data.copy_(ours.qkv.weight)
    theirs.out_proj.weight.data.copy_(ours.out.weight)
    x = torch.randn(3, 6, 8)
    mask = nn.Transformer.generate_square_subsequent_mask(6)
    expected, weights = theirs(x, x, x, attn_mask=mask, average_attn_weights=False)
    trace = Trace()
    torch.testing.assert_close(ours(x, NO_TURN, 0, None, trace), expected)
    torch.testing.assert_close(trace.attention[0], weights)


def test_the_block_normalises_queries_and_keys():
    """Ten times longer queries and keys attend alike."""
    torch.manual_seed(0)
    layer = Attention(GPTConfig(10, n_head=2, n_embd=8))
    x, turns = torch.randn(1, 5, 8), rotary(torch.arange(5), 4)
    before = layer(x, turns, 0, None, None)
    with torch.no_grad():
        layer.qkv.weight[:16] *= 10
    torch.testing.assert_close(layer(x, turns, 0, None, None), before, rtol=1e-3, atol=1e-4)


@pytest.mark.parametrize("distance", [0, 1, 5])
def test_rotary_positions_know_distances_only(distance):
    torch.manual_seed(0)
    q, k = torch.randn(1, 1, 1, 8, dtype=torch.double), torch.randn(1, 1, 1, 8, dtype=torch.double)
    scores = []
    for place in (0, 1, 30, 200):
        turned_q = rotate(q, *rotary(torch.tensor([place + distance]), 8))
        turned_k = rotate(k, *rotary(torch.tensor([place]), 8))
        assert turned_q.norm().item() == pytest.approx(q.norm().item(), rel=1e-6)
        scores.append((turned_q * turned_k).sum().item())
    assert scores == pytest.approx([scores[0]] * 4, abs=1e-4)


def test_the_order_of_words_matters():
    model = random_gpt()
    there, _ = model(torch.tensor([[1, 2, 3]]))
    back, _ = model(torch.tensor([[2, 1, 3]]))
    assert not torch.allclose(there[0, -1], back[0, -1], atol=1e-3)


@pytest.mark.parametrize("parts", [[8], [1] * 8, [3, 5], [1, 4, 3], [7, 1]])
def test_the_cache_gives_what_a_full_reading_gives(parts):
    model = random_gpt()
    full, _ = model(IDS)
    cache = KVCache(n_layer=2)
    pieces = [model(ids, cache=cache)[0] for ids in IDS.split(parts, dim=1)]
    torch.testing.assert_close(torch.cat(pieces, dim=1), full, rtol=1e-4, atol=1e-5)
    assert cache.length == 8


@pytest.mark.parametrize("place", range(8))
def test_no_token_sees_a_later_one(place):
    model = random_gpt()
    changed = IDS.clone()
    changed[:, place] = 77
    before, after = model(IDS)[0], model(changed)[0]
    assert torch.equal(before[:, :place], after[:, :place])
    assert not torch.allclose(before[:, place:], after[:, place:], atol=1e-3)


def test_no_gradient_reaches_a_later_token():
    model = random_gpt().train()
    vectors = model.embedding(IDS).detach().requires_grad_()
    model.embedding.forward = lambda _: vectors  # type: ignore[method-assign]
    model(IDS)[0][:, 3].sum().backward()
    assert (vectors.grad[:, 4:] == 0).all() and (vectors.grad[:, :4] != 0).any()


def test_a_context_longer_than_the_block_is_refused():
    model = random_gpt()
    with pytest.raises(ValueError, match="9 tokens do not fit in a block of 8"):
        model(torch.zeros(1, 9, dtype=torch.long))
    cache = KVCache(n_layer=2)
    model(IDS, cache=cache)
    with pytest.raises(ValueError, match="9 tokens"):
        model(IDS[:, :1], cache=cache)


def test_a_trace_changes_nothing_and_holds_what_happened():
    model, trace = random_gpt(), Trace()
    traced, _ = model(IDS, trace=trace)
    torch.testing.assert_close(traced, model(IDS)[0], rtol=1e-4, atol=1e-5)
    assert [a.shape for a in trace.attention] == [(2, 2, 8, 8)] * 2
    assert [r.shape for r in trace.residual] == [(2, 8, 8)] * 3
    torch.testing.assert_close(model.head(norm(trace.residual[-1])), traced)
    for attention in trace.attention:
        torch.testing.assert_close(attention.sum(-1), torch.ones(2, 2, 8))
        assert (attention.triu(1) == 0).all()


def test_a_trace_beside_a_cache_sees_all_keys():
    model, cache, trace = random_gpt(), KVCache(2), Trace()
    whole = Trace()
    model(IDS, trace=whole)
    model(IDS[:, :5], cache=cache)
    model(IDS[:, 5:], cache=cache, trace=trace)
    torch.testing.assert_close(trace.attention[1], whole.attention[1][:, :, 5:], rtol=1e-4, atol=1e-5)


def test_the_loss_is_torchs_and_leaves_out_what_is_no_target():
    model, targets = random_gpt(), IDS.roll(-1, 1)
    targets[:, -1] = -1
    logits, loss = model(IDS, targets)
    expected = F.cross_entropy(logits[:, :-1].reshape(-1, 257), targets[:, :-1].reshape(-1))
    assert loss.item() == pytest.approx(expected.item(), rel=1e-6)


def test_dropout_acts_in_training_only():
    model = GPT(GPTConfig(257, block_size=8, n_layer=1, n_head=2, n_embd=8, dropout=0.5))
    model.load_state_dict(random_gpt(n_layer=1).state_dict())
    model.eval()
    assert torch.equal(model(IDS)[0], model(IDS)[0])
    model.train()
    assert not torch.equal(model(IDS)[0], model(IDS)[0])


def test_it_learns_a_text_by_heart():
    torch.manual_seed(0)
    model = GPT(GPTConfig(257, block_size=8, n_layer=1, n_head=2, n_embd=16))
    optimizer = torch.optim.Adam(model.parameters(), lr=0.02)
    targets = torch.cat([IDS[:, 1:], torch.full((2, 1), -1)], dim=1)
    for _ in range(60):
        _, loss = model(IDS, targets)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    assert loss.item() < 0.05
