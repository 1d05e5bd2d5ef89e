//! The numbers of members in each intersection: two or three collections as a Venn diagram, more as
//! an `UpSet` plot. A table has the same numbers with the names.

use crate::components::isolated_name;
use crate::text::format::number;
use crate::text::set_operations as text;
use shared::setops::Region;
use yew::prelude::*;

/// The most columns of an `UpSet` plot; the table shows all regions.
const MAX_COLUMNS: usize = 12;

/// The centres of the circles of a Venn diagram, with a radius of 50.
const CENTRES: [(usize, usize); 3] = [(90, 60), (150, 60), (120, 110)];
/// The names of the circles: beside the upper ones, below the lower one.
const NAME_POSITIONS: [(usize, usize); 3] = [(30, 15), (210, 15), (175, 155)];
/// The positions of the numbers by the bits of their region, for two circles and for three.
const COUNT_POSITIONS_OF_TWO: [(usize, usize); 3] = [(65, 65), (175, 65), (120, 65)];
const COUNT_POSITIONS_OF_THREE: [(usize, usize); 7] = [
    (65, 50),
    (175, 50),
    (120, 50),
    (120, 145),
    (85, 95),
    (155, 95),
    (120, 82),
];

pub(super) fn diagram(names: &[&str], regions: &[Region]) -> Html {
    let image = if names.len() <= CENTRES.len() {
        venn_diagram(names.len(), regions)
    } else {
        upset_plot(names.len(), regions)
    };
    html! {
        <figure class="sets">
            { image }
            <figcaption>
                <ul class="plain">
                    for (set, name) in names.iter().enumerate() {
                        <li>{ text::letter(set) }{ ": " }{ isolated_name(name) }</li>
                    }
                </ul>
                <details>
                    <summary>{ text::AS_TABLE }</summary>
                    { region_table(names, regions) }
                </details>
            </figcaption>
        </figure>
    }
}

fn contains(region: &Region, set: usize) -> bool {
    region.sets >> set & 1 == 1
}

fn svg(height: usize, content: Html) -> Html {
    html! {
        <svg viewBox={format!("0 0 240 {height}")} role="img" aria-labelledby="sets-title sets-more">
            <title id="sets-title">{ text::PICTURE }</title>
            <desc id="sets-more">{ text::PICTURE_MORE }</desc>
            { content }
        </svg>
    }
}

fn label((x, y): (usize, usize), class: &'static str, text: String) -> Html {
    html! { <text {class} x={x.to_string()} y={y.to_string()}>{ text }</text> }
}

fn venn_diagram(num_sets: usize, regions: &[Region]) -> Html {
    let (height, count_positions): (usize, &[_]) = match num_sets {
        2 => (120, &COUNT_POSITIONS_OF_TWO),
        _ => (170, &COUNT_POSITIONS_OF_THREE),
    };
    let circle = |set: usize| {
        let (x, y) = CENTRES[set];
        html! {
            <>
                <circle cx={x.to_string()} cy={y.to_string()} r="50" />
                { label(NAME_POSITIONS[set], "sets__name", text::letter(set)) }
            </>
        }
    };
    let count = |(position, bits): (&(usize, usize), u64)| {
        let region = regions.iter().find(|region| region.sets == bits);
        let members = region.map_or(0, |region| region.members as u64);
        label(*position, "sets__count", number(members))
    };
    let circles = (0..num_sets).map(circle);
    let counts = count_positions.iter().zip(1..).map(count);
    svg(height, circles.chain(counts).collect())
}

fn upset_plot(num_sets: usize, regions: &[Region]) -> Html {
    let largest = regions.first().map_or(1, |region| region.members);
    let dot = |x: usize, region: &Region, set: usize| {
        let class = if contains(region, set) {
            "sets__in"
        } else {
            "sets__out"
        };
        html! { <circle {class} cx={x.to_string()} cy={(105 + 14 * set).to_string()} r="4" /> }
    };
    let column = |(region, x): (&Region, usize)| {
        let height = (70 * region.members / largest).max(1);
        html! {
            <>
                { label((x, 85 - height), "sets__count", number(region.members as u64)) }
                <rect
                    x={(x - 5).to_string()}
                    y={(90 - height).to_string()}
                    width="10"
                    height={height.to_string()}
                />
                { for (0..num_sets).map(|set| dot(x, region, set)) }
            </>
        }
    };
    let names =
        (0..num_sets).map(|set| label((8, 109 + 14 * set), "sets__name", text::letter(set)));
    let columns = regions.iter().take(MAX_COLUMNS).zip((28..).step_by(18));
    svg(
        105 + 14 * num_sets,
        names.chain(columns.map(column)).collect(),
    )
}

fn region_table(names: &[&str], regions: &[Region]) -> Html {
    let names_in = |region: &Region| -> Html {
        let sets = (0..names.len()).filter(|set| contains(region, *set));
        sets.map(|set| html! { <li>{ isolated_name(names[set]) }</li> })
            .collect()
    };
    html! {
        <table class="sets__table">
            <thead>
                <tr>
                    <th scope="col">{ text::ONLY_IN }</th>
                    <th scope="col" class="number">{ text::TRAITS }</th>
                </tr>
            </thead>
            <tbody>
                for region in regions {
                    <tr>
                        <td><ul class="plain">{ names_in(region) }</ul></td>
                        <td class="number">{ number(region.members as u64) }</td>
                    </tr>
                }
            </tbody>
        </table>
    }
}
