"""The tree under the playground: unfolded, clicked, grown, pruned; the sentence goes along."""

import pytest
from playwright.sync_api import expect

from tests.browser.playground import DESKTOP, ENGLISH, after, opened, text

EXAMPLE = "周一上班真的很"


@pytest.mark.parametrize("context_options", [DESKTOP, ENGLISH], ids=["zh", "en"])
def test_the_tree_and_the_sentence_go_together(page):
    opened(page)
    tree = page.locator("#tree")
    expect(tree.locator("svg")).to_be_hidden()
    tree.locator("summary").click()
    nodes = tree.locator(".nt-node")
    expect(nodes.first).to_be_visible()

    after(page, tree.locator('.nt-node[data-label="爽"]').click)
    assert text(page) == EXAMPLE + "爽"
    expect(tree.locator(".nt-node.here")).to_have_attribute("data-label", "爽")
    after(page, page.locator("#step").click)
    expect(tree.locator(".nt-node.here")).to_have_attribute("data-key", text_ids(page))

    after(page, tree.locator('.nt-node[data-label="丧"]').first.click)
    assert text(page) == EXAMPLE + "丧"
    expect(tree.locator('.nt-node.opened[data-label="爽"]')).to_be_visible()  # what was explored stays

    before = nodes.count()
    tree.locator(".tree-grow").click()
    page.wait_for_function("(n) => document.querySelectorAll('#tree .nt-node').length > n", arg=before)
    after(page, tree.locator(".tree-prune").click)
    assert text(page) == EXAMPLE


def text_ids(page):
    """The picks' ids as the tree names a node."""
    made = page.locator("#sentence .nt-chip.made").evaluate_all(
        "chips => chips.map(chip => chip.dataset.ids)"
    )
    return ".".join(" ".join(made).split())
